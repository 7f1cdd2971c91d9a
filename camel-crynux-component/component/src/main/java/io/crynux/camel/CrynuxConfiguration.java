// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import java.time.Duration;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** The options of an endpoint; on the component, their defaults. */
@UriParams
public class CrynuxConfiguration implements Cloneable {

    @UriParam(
            label = "producer",
            description =
                    "Fee of a task, in CNX, for example 30 or 0.5. It is paid together with the task and required here or on"
                            + " the component. Nodes run the tasks with the highest fees first. The header"
                            + " CamelCrynuxTaskFee overrides it")
    private String taskFee;

    @UriParam(
            label = "producer",
            description =
                    "Model to run, for example crynux-network/sdxl-turbo (the default of sd) or Qwen/Qwen2.5-7B-Instruct"
                            + " (the default of gpt). A model in the body's parameters overrides it")
    private String model;

    @UriParam(label = "producer", description = "What the images should not show (sd)")
    private String negativePrompt;

    @UriParam(label = "producer", defaultValue = "1", description = "Number of images of a task")
    private Integer numImages;

    @UriParam(
            label = "producer",
            description = "Number of diffusion steps (sd). The default depends on the model: 1 for sdxl-turbo")
    private Integer steps;

    @UriParam(
            label = "producer",
            description =
                    "Guidance scale: how closely the images follow the prompt (sd). The default depends on the model: 1 for"
                            + " sdxl-turbo, which means no guidance")
    private Double cfg;

    @UriParam(
            label = "producer",
            description =
                    "Seed of the random numbers. The same seed and parameters give the same result. The default is 0")
    private Long seed;

    @UriParam(label = "producer", description = "Width of the images, in pixels (sd). The default is 512")
    private Integer imageWidth;

    @UriParam(label = "producer", description = "Height of the images, in pixels (sd). The default is 512")
    private Integer imageHeight;

    @UriParam(label = "producer", description = "System message to put in front of a conversation that has none (gpt)")
    private String systemPrompt;

    @UriParam(
            label = "producer,advanced",
            description =
                    "JSON resource (classpath:, file:) with the parameters to start from. Options and the body override them")
    private String taskArgs;

    @UriParam(
            label = "producer",
            description =
                    "Minimum VRAM of the nodes that may run the task, in GB. The default depends on the model: 8 for Stable"
                            + " Diffusion 1.5, 14 for SDXL, 10 for other image models, 24 for text. The header"
                            + " CamelCrynuxVramLimit overrides it")
    private Long vramLimit;

    @UriParam(
            label = "producer,advanced",
            description =
                    "Size of the task. The contract ranks tasks by their fee divided by it. The default is the number of images for sd and 1"
                            + " for gpt. The header CamelCrynuxCap overrides it")
    private Long cap;

    @UriParam(
            label = "producer,advanced",
            description = "Name of the GPU that a node must have. Requires a contract whose createTask has 7 arguments")
    private String gpuName;

    @UriParam(label = "producer,advanced", description = "VRAM of the GPU in gpuName, in GB")
    private Long gpuVram;

    @UriParam(
            label = "producer,advanced",
            description =
                    "JSON Schema resource (classpath:, file:) to validate parameters against instead of the built-in schema,"
                            + " for example to allow certain models only")
    private String parametersSchema;

    @UriParam(
            label = "producer,advanced",
            defaultValue = "true",
            description =
                    "Whether to validate the parameters before anything is paid. The Relay refuses invalid parameters only"
                            + " after the payment")
    private boolean validate = true;

    @UriParam(
            label = "producer",
            defaultValue = "auto",
            enums = "auto,prompt,parameters",
            description =
                    "Format of the message body. auto: a Map, a JSON object with members of task parameters such as prompt or"
                            + " messages, or a list of messages is used as parameters, any other text as a prompt. prompt:"
                            + " always a prompt. parameters: always parameters. Use prompt for input from strangers, who could"
                            + " otherwise choose model and size")
    private BodyFormat bodyFormat = BodyFormat.auto;

    @UriParam(
            label = "producer",
            defaultValue = "result",
            enums = "result,success,uploaded,created,prepared",
            description =
                    "State of the task to wait for before the route continues. result: the result is downloaded and becomes"
                            + " the body. success: the nodes have agreed on a result. uploaded: the Relay has the parameters."
                            + " created: the task is paid and has an id. prepared: nothing is signed or sent; the body is the"
                            + " transaction for another wallet, as JSON")
    private String waitFor = "result";

    @UriParam(
            label = "producer",
            defaultValue = "text",
            enums = "text,json",
            description = "Format of a text result (gpt). text: the answer. json: the whole chat completion")
    private ResultFormat resultFormat = ResultFormat.text;

    @UriParam(
            label = "producer",
            description =
                    "The time to wait for a task. After it the exchange fails with TaskTimeoutException, while the task"
                            + " continues in the network. The default depends on the protocol: 1h on a chain. The header"
                            + " CamelCrynuxTaskTimeout overrides it")
    private Duration taskTimeout;

    @UriParam(
            label = "producer",
            description =
                    "Key that identifies a request, as a simple expression such as ${file:name}. A request with the same key"
                            + " and the same parameters joins the task that is running or has succeeded, and is not paid again."
                            + " The header CamelCrynuxIdempotencyKey overrides it")
    private String idempotencyKey;

    @UriParam(
            label = "producer",
            defaultValue = "1",
            description =
                    "Maximum number of tasks to pay for a request when the network aborts them. Each attempt is a payment of"
                            + " its own")
    private int maxAttempts = 1;

    @UriParam(
            label = "producer",
            defaultValue = "10",
            description = "Increase of the fee with each further attempt, in percent, up to maxTaskFee")
    private double feeIncrease = 10;

    @UriParam(
            label = "producer",
            defaultValue = "false",
            description =
                    "Whether to cancel a task after taskTimeout. The component tries as soon as the contract allows it (15"
                            + " minutes after the start of a task that runs) until the task has ended; the exchange waits up to"
                            + " 20 more minutes for the outcome. With maxAttempts above 1 another task is paid afterwards, with"
                            + " a taskTimeout of its own")
    private boolean cancelOnTimeout;

    @UriParam(
            label = "producer,advanced",
            defaultValue = "268435456",
            description = "Maximum size of a result file, in bytes")
    private long maxResultSize = 268_435_456;

    @UriParam(
            label = "producer,advanced",
            defaultValue = "131072",
            description =
                    "Maximum size of a result file to keep in memory, in bytes. A larger one is stored in a temporary file,"
                            + " which is deleted when the exchange and its copies are done")
    private long spoolThreshold = 131_072;

    @UriParam(
            label = "consumer",
            defaultValue = "TaskSuccess,TaskAborted",
            description =
                    "Events to consume, separated by commas: TaskPending, TaskStarted, TaskResultCommitmentsReady,"
                            + " TaskSuccess, TaskAborted, TaskResultUploaded, TaskNodeSuccess, TaskNodeSlashed,"
                            + " TaskNodeCancelled")
    private String eventTypes = "TaskSuccess,TaskAborted";

    @UriParam(
            label = "consumer",
            description =
                    "Creator of the tasks whose events to consume: own (the component's wallet), any, or an address. The"
                            + " default is own if the component has a wallet, else any")
    private String creator;

    @UriParam(
            label = "consumer",
            defaultValue = "latest",
            description =
                    "Block to start from when no position is stored: latest (new events only), earliest, or the number of a"
                            + " block")
    private String startBlock = "latest";

    @UriParam(
            label = "consumer",
            defaultValue = "0",
            description =
                    "Number of blocks that must follow the block of an event before it is consumed. With 0 an event is"
                            + " consumed at once, and again with the header CamelCrynuxRemoved if a reorganisation reverts it")
    private int confirmations;

    @UriParam(
            label = "consumer",
            description =
                    "Repository for the position of the route, such as a FileStateRepository, so that it continues there"
                            + " after a restart. Without it the route starts from startBlock each time")
    private StateRepository<String, String> offsetRepository;

    @UriParam(
            label = "consumer,advanced",
            description =
                    "Key of the position in offsetRepository. The default is the chain id, the contract and the route id,"
                            + " separated by colons")
    private String offsetKey;

    @UriParam(
            label = "consumer",
            defaultValue = "false",
            description =
                    "Whether to use the result of a task as the body of its TaskSuccess, instead of the event; for tasks of"
                            + " the component's wallet. Results are prefetched and arrive as they are available, not in the"
                            + " order of the chain")
    private boolean fetchResult;

    @UriParam(
            label = "consumer,advanced",
            defaultValue = "30m",
            javaType = "java.time.Duration",
            description =
                    "The time to wait for a result, counted from the first request for it. After it the failure goes to the"
                            + " exception handler, and the route continues with the next event")
    private long resultTimeout = 1_800_000;

    @UriParam(
            label = "consumer,advanced",
            defaultValue = "false",
            description =
                    "Whether to consume an event again when its exchange fails unhandled, until it succeeds, instead of"
                            + " passing the failure to the exception handler and continuing with the next event")
    private boolean breakOnFirstError;

    @UriParam(
            label = "consumer",
            description =
                    "Balance, in CNX, below which a route from crynux:wallet gets an exchange, and another one when the"
                            + " balance has recovered. Required by such a route")
    private String minBalance;

    @UriParam(
            label = "consumer,advanced",
            defaultValue = "30s",
            javaType = "java.time.Duration",
            description = "The time between two checks of the balance (wallet)")
    private long checkInterval = 30_000;

    @UriParam(
            label = "producer",
            enums = "status,result,cancel,resume",
            description =
                    "Operation on the task in the header CamelCrynuxTaskId, or in CamelCrynuxTransactionHash for resume."
                            + " Required by crynux:task")
    private String operation;

    /** An independent copy. */
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

    /** Null for the default of the protocol. */
    public Duration getTaskTimeout() {
        return taskTimeout;
    }

    public void setTaskTimeout(Duration taskTimeout) {
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
