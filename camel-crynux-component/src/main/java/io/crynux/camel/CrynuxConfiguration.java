// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** The options of an endpoint, and of the component as their defaults. */
@UriParams
public class CrynuxConfiguration implements Cloneable {

    @UriParam(
            label = "producer",
            description =
                    "The task fee in CNX (decimal), which goes with the payment. Required, here or on the component. A node takes the task that"
                            + " pays most first; the header CamelCrynuxTaskFee overrides it")
    private String taskFee;

    @UriParam(
            label = "producer",
            description =
                    "The model to run, for example crynux-network/sdxl-turbo or Qwen/Qwen2.5-7B-Instruct (the defaults"
                            + " of sd and gpt). What the parameters in the body say wins")
    private String model;

    @UriParam(label = "producer", description = "What should not be in the images (sd)")
    private String negativePrompt;

    @UriParam(label = "producer", defaultValue = "1", description = "How many images a task makes, 1 to 10 (sd)")
    private Integer numImages;

    @UriParam(
            label = "producer",
            description = "Steps of the diffusion, 1 to 100 (sd). Default by model: 1 for sdxl-turbo")
    private Integer steps;

    @UriParam(
            label = "producer",
            description = "How closely images follow the prompt, 0 to 20 (sd). Default by model: 0 for sdxl-turbo")
    private Double cfg;

    @UriParam(
            label = "producer",
            description = "Seed of the random numbers: the same seed and parameters give the same result. Default 0")
    private Long seed;

    @UriParam(label = "producer", description = "Width of the images in pixels, a multiple of 8 (sd). Default 512")
    private Integer imageWidth;

    @UriParam(label = "producer", description = "Height of the images in pixels, a multiple of 8 (sd). Default 512")
    private Integer imageHeight;

    @UriParam(label = "producer", description = "The system message in front of the conversation (gpt)")
    private String systemPrompt;

    @UriParam(
            label = "producer,advanced",
            description =
                    "JSON resource (classpath:, file:) with the parameters to start from; options and body win over it")
    private String taskArgs;

    @UriParam(
            label = "producer",
            description =
                    "The least VRAM in GB of the nodes that may run the task. Default by model: 8 for Stable Diffusion"
                            + " 1.5, 14 for SDXL, 10 for other image models, 24 for text")
    private Long vramLimit;

    @UriParam(
            label = "producer,advanced",
            description =
                    "The size of the task as the contract prices it. Default: the number of images for sd, 1 for gpt")
    private Long cap;

    @UriParam(
            label = "producer,advanced",
            description = "The GPU that nodes must have. Only deployments whose createTask has 7 arguments know it")
    private String gpuName;

    @UriParam(label = "producer,advanced", description = "The VRAM in GB of the GPU that gpuName names")
    private Long gpuVram;

    @UriParam(
            label = "producer,advanced",
            description =
                    "JSON Schema resource (classpath:, file:) to check parameters against, in place of the bundled one,"
                            + " for example one that allows certain models only")
    private String parametersSchema;

    @UriParam(
            label = "producer,advanced",
            defaultValue = "true",
            description =
                    "Whether parameters are checked before anything is paid. The Relay refuses invalid ones after the"
                            + " payment")
    private boolean validate = true;

    @UriParam(
            label = "producer",
            defaultValue = "auto",
            description =
                    "What the body is. auto: a Map, a JSON object with prompt, base_model (sd) or messages (gpt), or a"
                            + " list of messages is parameters, everything else a prompt. Use prompt for input from strangers, who"
                            + " could otherwise choose model and size")
    private BodyFormat bodyFormat = BodyFormat.auto;

    @UriParam(
            label = "producer",
            defaultValue = "result",
            enums = "result,success,uploaded,created",
            description =
                    "How far a task goes before the route goes on. result: its result is the body. success: the nodes"
                            + " agreed. uploaded: the network needs nothing more. created: it is paid and has an id")
    private String waitFor = "result";

    @UriParam(
            label = "producer",
            defaultValue = "text",
            description =
                    "What a text task leaves in the body (gpt). text: the answer. json: the whole chat completion")
    private ResultFormat resultFormat = ResultFormat.text;

    @UriParam(
            label = "producer",
            defaultValue = "1h",
            javaType = "java.time.Duration",
            description =
                    "How long a route waits for a task. Then the exchange fails with TaskTimeoutException, while the"
                            + " task goes on in the network")
    private long taskTimeout = 3_600_000;

    @UriParam(
            label = "producer",
            description =
                    "What a request is known by, as a simple expression such as ${file:name}. A request of the same key and"
                            + " the same parameters joins the task that is under way or has succeeded and is not paid for again. The"
                            + " header CamelCrynuxIdempotencyKey overrides it")
    private String idempotencyKey;

    @UriParam(
            label = "producer",
            defaultValue = "1",
            description = "How many tasks may be paid for when the network aborts them; each is a payment of its own")
    private int maxAttempts = 1;

    @UriParam(
            label = "producer",
            defaultValue = "10",
            description = "What each further attempt pays more, in percent, up to maxTaskFee")
    private double feeIncrease = 10;

    @UriParam(
            label = "producer",
            defaultValue = "false",
            description =
                    "Whether a task is cancelled when its time is up. That is tried as soon as the contract allows it (15"
                            + " minutes after its start when it runs); the exchange waits for what comes of it, for up to 20 more"
                            + " minutes")
    private boolean cancelOnTimeout;

    @UriParam(
            label = "producer,advanced",
            defaultValue = "268435456",
            description = "The longest result file that is taken, in bytes")
    private long maxResultSize = 268_435_456;

    @UriParam(
            label = "producer,advanced",
            defaultValue = "131072",
            description =
                    "The longest result file that is kept in memory, in bytes. A longer one goes to a temporary file, which"
                            + " is deleted when the exchange and its copies are done")
    private long spoolThreshold = 131_072;

    /** A copy that can be changed without changing this one. */
    public CrynuxConfiguration copy() {
        try {
            return (CrynuxConfiguration) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    public String getTaskFee() {
        return taskFee;
    }

    public void setTaskFee(String taskFee) {
        this.taskFee = taskFee;
    }

    public String getModel() {
        return model;
    }

    public void setModel(String model) {
        this.model = model;
    }

    public String getNegativePrompt() {
        return negativePrompt;
    }

    public void setNegativePrompt(String negativePrompt) {
        this.negativePrompt = negativePrompt;
    }

    public Integer getNumImages() {
        return numImages;
    }

    public void setNumImages(Integer numImages) {
        this.numImages = numImages;
    }

    public Integer getSteps() {
        return steps;
    }

    public void setSteps(Integer steps) {
        this.steps = steps;
    }

    public Double getCfg() {
        return cfg;
    }

    public void setCfg(Double cfg) {
        this.cfg = cfg;
    }

    public Long getSeed() {
        return seed;
    }

    public void setSeed(Long seed) {
        this.seed = seed;
    }

    public Integer getImageWidth() {
        return imageWidth;
    }

    public void setImageWidth(Integer imageWidth) {
        this.imageWidth = imageWidth;
    }

    public Integer getImageHeight() {
        return imageHeight;
    }

    public void setImageHeight(Integer imageHeight) {
        this.imageHeight = imageHeight;
    }

    public String getSystemPrompt() {
        return systemPrompt;
    }

    public void setSystemPrompt(String systemPrompt) {
        this.systemPrompt = systemPrompt;
    }

    public String getTaskArgs() {
        return taskArgs;
    }

    public void setTaskArgs(String taskArgs) {
        this.taskArgs = taskArgs;
    }

    public Long getVramLimit() {
        return vramLimit;
    }

    public void setVramLimit(Long vramLimit) {
        this.vramLimit = vramLimit;
    }

    public Long getCap() {
        return cap;
    }

    public void setCap(Long cap) {
        this.cap = cap;
    }

    public String getGpuName() {
        return gpuName;
    }

    public void setGpuName(String gpuName) {
        this.gpuName = gpuName;
    }

    public Long getGpuVram() {
        return gpuVram;
    }

    public void setGpuVram(Long gpuVram) {
        this.gpuVram = gpuVram;
    }

    public String getParametersSchema() {
        return parametersSchema;
    }

    public void setParametersSchema(String parametersSchema) {
        this.parametersSchema = parametersSchema;
    }

    public boolean isValidate() {
        return validate;
    }

    public void setValidate(boolean validate) {
        this.validate = validate;
    }

    public BodyFormat getBodyFormat() {
        return bodyFormat;
    }

    public void setBodyFormat(BodyFormat bodyFormat) {
        this.bodyFormat = bodyFormat;
    }

    public String getWaitFor() {
        return waitFor;
    }

    public void setWaitFor(String waitFor) {
        this.waitFor = waitFor;
    }

    public ResultFormat getResultFormat() {
        return resultFormat;
    }

    public void setResultFormat(ResultFormat resultFormat) {
        this.resultFormat = resultFormat;
    }

    public long getTaskTimeout() {
        return taskTimeout;
    }

    public void setTaskTimeout(long taskTimeout) {
        this.taskTimeout = taskTimeout;
    }

    public long getMaxResultSize() {
        return maxResultSize;
    }

    public void setMaxResultSize(long maxResultSize) {
        this.maxResultSize = maxResultSize;
    }

    public String getIdempotencyKey() {
        return idempotencyKey;
    }

    public void setIdempotencyKey(String idempotencyKey) {
        this.idempotencyKey = idempotencyKey;
    }

    public int getMaxAttempts() {
        return maxAttempts;
    }

    public void setMaxAttempts(int maxAttempts) {
        this.maxAttempts = maxAttempts;
    }

    public double getFeeIncrease() {
        return feeIncrease;
    }

    public void setFeeIncrease(double feeIncrease) {
        this.feeIncrease = feeIncrease;
    }

    public long getSpoolThreshold() {
        return spoolThreshold;
    }

    public void setSpoolThreshold(long spoolThreshold) {
        this.spoolThreshold = spoolThreshold;
    }

    public boolean isCancelOnTimeout() {
        return cancelOnTimeout;
    }

    public void setCancelOnTimeout(boolean cancelOnTimeout) {
        this.cancelOnTimeout = cancelOnTimeout;
    }
}
