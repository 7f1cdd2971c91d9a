// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

/** A network that a route test can run on, whatever its protocol. */
interface TestNetwork extends AutoCloseable {

    /** Sets the options by which the component reaches the network with an account that has money. */
    void connect(CrynuxComponent crynux) throws Exception;

    /** The account that pays, as headers name it. */
    String account();

    /** How many tasks the account has paid or tried to pay. */
    long payments() throws Exception;

    /** Whether the parameters of a task have arrived. */
    boolean hasParameters(long taskId);

    /** Why the network aborts a task whose model its nodes do not have. */
    String failureReason();

    /**
     * The tasks that come now are aborted, and their fees come back, until {@link #agree}.
     *
     * @return the reason
     */
    String disagree();

    void agree();

    /** The tasks that come now do not end before {@link #letGo}. */
    void hold();

    /** Tasks end again. */
    void letGo();

    /** Keeps tasks from ending before {@link #letGo}, if they would end at once; a devnet's take long enough anyway. */
    void holdInstantTasks();

    /** No node starts the tasks that come, until {@link #addNodes}. */
    void removeNodes();

    void addNodes();

    /** Nobody hears of the tasks that are paid now, until {@link #confirm}. */
    void withholdConfirmations();

    void confirm();

    /**
     * It cannot be used until {@link #up}.
     *
     * @return what its users read
     */
    String down();

    void up();

    @Override
    void close();
}
