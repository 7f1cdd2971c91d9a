// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.StateRepository;
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
            description =
                    "How closely images follow the prompt, 0 to 20 (sd). Default by model: 1 for sdxl-turbo, no guidance")
    private Double cfg;

    @UriParam(
            label = "producer",
            description =
                    "Seed of the random numbers: the same seed and parameters give the same result; for sd 0 to 2147483647."
                            + " Default 0")
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
                    "The least VRAM in GB of the nodes that may run the task, 1 or more. Default by model: 8 for Stable Diffusion"
                            + " 1.5, 14 for SDXL, 10 for other image models, 24 for text")
    private Long vramLimit;

    @UriParam(
            label = "producer,advanced",
            description =
                    "The size of the task as the contract prices it, 1 or more. Default: the number of images for sd, 1 for gpt")
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
                    "What the body is. auto: a Map, a JSON object with members of task parameters such as prompt or messages,"
                            + " or a list of messages is parameters, other text a prompt. Use prompt for input from strangers, who"
                            + " could otherwise choose model and size")
    private BodyFormat bodyFormat = BodyFormat.auto;

    @UriParam(
            label = "producer",
            defaultValue = "result",
            enums = "result,success,uploaded,created,prepared",
            description =
                    "How far a task goes before the route goes on. result: its result is the body. success: the nodes"
                            + " agreed. uploaded: the network needs nothing more. created: it is paid and has an id. prepared:"
                            + " nothing is signed or sent; the body is the transaction for a wallet elsewhere, as JSON")
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
                            + " minutes after its start when it runs), until the task has an end; the exchange waits for what"
                            + " comes of it, for up to 20 more minutes. With maxAttempts above 1 another task is paid for then, with"
                            + " a taskTimeout of its own")
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

    @UriParam(
            label = "consumer",
            defaultValue = "TaskSuccess,TaskAborted",
            description =
                    "Which events to tell, separated by commas: TaskPending, TaskStarted, TaskResultCommitmentsReady,"
                            + " TaskSuccess, TaskAborted, TaskResultUploaded, TaskNodeSuccess, TaskNodeSlashed,"
                            + " TaskNodeCancelled")
    private String eventTypes = "TaskSuccess,TaskAborted";

    @UriParam(
            label = "consumer",
            description =
                    "Whose tasks to tell of: own (those of the component's wallet), any, or an address. Default: own where"
                            + " the component has a wallet, else any")
    private String creator;

    @UriParam(
            label = "consumer",
            defaultValue = "latest",
            description =
                    "Where to begin when there is no stored position: latest (what happens from now on), earliest, or the"
                            + " number of a block")
    private String startBlock = "latest";

    @UriParam(
            label = "consumer",
            defaultValue = "0",
            description =
                    "How many blocks must follow an event's block before it is told. With 0 it is told at once, and again"
                            + " with CamelCrynuxRemoved when a reorganisation takes it back")
    private int confirmations;

    @UriParam(
            label = "consumer",
            description =
                    "Keeps how far the route has come, such as a FileStateRepository, so that it goes on there after a"
                            + " restart. Without it a route begins at startBlock each time")
    private StateRepository<String, String> offsetRepository;

    @UriParam(
            label = "consumer,advanced",
            description =
                    "The key of the position in offsetRepository. Default: chain id, contract and route id, separated by"
                            + " colons")
    private String offsetKey;

    @UriParam(
            label = "consumer",
            defaultValue = "false",
            description =
                    "Whether the body of a TaskSuccess of an own task is its result, in place of the event. Results are"
                            + " fetched ahead and come as they are there, not in the order of the chain")
    private boolean fetchResult;

    @UriParam(
            label = "consumer,advanced",
            defaultValue = "30m",
            javaType = "java.time.Duration",
            description = "How long a result may take from when it is first asked for. Then the failure goes to the"
                    + " exception handler, and the route goes on with the next event")
    private long resultTimeout = 1_800_000;

    @UriParam(
            label = "consumer,advanced",
            defaultValue = "false",
            description =
                    "Whether an event whose exchange failed, with nobody to handle it, is told again until it passes,"
                            + " instead of being handed to the exception handler and left behind")
    private boolean breakOnFirstError;

    @UriParam(
            label = "consumer",
            description =
                    "The balance in CNX below which a route from crynux:wallet gets an exchange, and another one when the"
                            + " balance has recovered. Required there")
    private String minBalance;

    @UriParam(
            label = "consumer,advanced",
            defaultValue = "30s",
            javaType = "java.time.Duration",
            description = "Between two looks at the balance (wallet)")
    private long checkInterval = 30_000;

    @UriParam(
            label = "producer",
            enums = "status,result,cancel,resume",
            description = "What to do with the task that the header CamelCrynuxTaskId, or for resume"
                    + " CamelCrynuxTransactionHash, names. Required by crynux:task")
    private String operation;

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

    public String getEventTypes() {
        return eventTypes;
    }

    public void setEventTypes(String eventTypes) {
        this.eventTypes = eventTypes;
    }

    public String getCreator() {
        return creator;
    }

    public void setCreator(String creator) {
        this.creator = creator;
    }

    public String getStartBlock() {
        return startBlock;
    }

    public void setStartBlock(String startBlock) {
        this.startBlock = startBlock;
    }

    public int getConfirmations() {
        return confirmations;
    }

    public void setConfirmations(int confirmations) {
        this.confirmations = confirmations;
    }

    public StateRepository<String, String> getOffsetRepository() {
        return offsetRepository;
    }

    public void setOffsetRepository(StateRepository<String, String> offsetRepository) {
        this.offsetRepository = offsetRepository;
    }

    public String getOffsetKey() {
        return offsetKey;
    }

    public void setOffsetKey(String offsetKey) {
        this.offsetKey = offsetKey;
    }

    public boolean isFetchResult() {
        return fetchResult;
    }

    public void setFetchResult(boolean fetchResult) {
        this.fetchResult = fetchResult;
    }

    public long getResultTimeout() {
        return resultTimeout;
    }

    public void setResultTimeout(long resultTimeout) {
        this.resultTimeout = resultTimeout;
    }

    public boolean isBreakOnFirstError() {
        return breakOnFirstError;
    }

    public void setBreakOnFirstError(boolean breakOnFirstError) {
        this.breakOnFirstError = breakOnFirstError;
    }

    public String getMinBalance() {
        return minBalance;
    }

    public void setMinBalance(String minBalance) {
        this.minBalance = minBalance;
    }

    public long getCheckInterval() {
        return checkInterval;
    }

    public void setCheckInterval(long checkInterval) {
        this.checkInterval = checkInterval;
    }

    public String getOperation() {
        return operation;
    }

    public void setOperation(String operation) {
        this.operation = operation;
    }
}
