// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.fault;

import io.crynux.camel.CrynuxComponent;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;

/**
 * One fault, and what the user of a route sees of it: a case of a test, and a row of docs/faults.md. In texts that are quoted,
 * "…" stands for what differs each time.
 */
final class FaultCase {

    /** Has a route run into the fault; the exchange that it ends with. */
    @FunctionalInterface
    interface Script {
        Exchange run(FaultyRoute route) throws Exception;
    }

    private final List<String> faults;
    private final String circumstances;
    private Consumer<CrynuxComponent> options = component -> {};
    private boolean emptyWallet;
    private Script script;
    private Class<? extends Exception> failure;
    private String message;
    private String warning;
    private int payments;
    private String leastGone = "0";
    private String mostGone = "0";
    private String advice = "nothing";

    private FaultCase(List<String> faults, String circumstances) {
        this.faults = faults;
        this.circumstances = circumstances;
    }

    /**
     * @param faults their names in the devnet's catalogue or at its chain, separated by commas
     * @param circumstances when and for how long, for people
     */
    static FaultCase of(String faults, String circumstances) {
        return new FaultCase(Arrays.asList(faults.split(", ")), circumstances);
    }

    /** What the component is told besides where the network is. */
    FaultCase with(Consumer<CrynuxComponent> newOptions) {
        options = newOptions;
        return this;
    }

    /** Whether strangers' tasks may still fill the contract's queue when it is over. */
    boolean crowds() {
        return faults.contains("nodes.fullQueue") || faults.contains("nodes.busy");
    }

    /** The wallet has no money. */
    FaultCase emptyWallet() {
        emptyWallet = true;
        return this;
    }

    FaultCase when(Script newScript) {
        script = newScript;
        return this;
    }

    /** The route goes on with the answer, for one payment. */
    FaultCase answered() {
        return paid(1, "30");
    }

    FaultCase fails(Class<? extends Exception> type, String newMessage) {
        failure = type;
        message = newMessage;
        return this;
    }

    /** It is told at level WARN or ERROR. */
    FaultCase warned(String newWarning) {
        warning = newWarning;
        return this;
    }

    /**
     * @param transactions of the wallet that are mined
     * @param cnx what the wallet has less in the end, apart from gas
     */
    FaultCase paid(int transactions, String cnx) {
        return paid(transactions, cnx, cnx);
    }

    /** As the other, where it depends on which nodes it was. */
    FaultCase paid(int transactions, String leastCnx, String mostCnx) {
        payments = transactions;
        leastGone = leastCnx;
        mostGone = mostCnx;
        return this;
    }

    FaultCase todo(String newAdvice) {
        advice = newAdvice;
        return this;
    }

    List<String> faults() {
        return faults;
    }

    Consumer<CrynuxComponent> options() {
        return options;
    }

    boolean hasEmptyWallet() {
        return emptyWallet;
    }

    Script script() {
        return script;
    }

    /** Null where the route is answered. */
    Class<? extends Exception> failure() {
        return failure;
    }

    Pattern message() {
        return pattern(message);
    }

    /** Null where nothing has to be told. */
    Pattern warning() {
        return warning == null ? null : pattern(warning);
    }

    int payments() {
        return payments;
    }

    String leastGone() {
        return leastGone;
    }

    String mostGone() {
        return mostGone;
    }

    /** A row of the page. */
    String row() {
        String outcome = failure == null ? "the answer" : "`" + failure.getSimpleName() + "`: " + message;
        return "| " + faults.stream().map(fault -> "`" + fault + "`").collect(Collectors.joining(", ")) + " "
                + circumstances + " | " + outcome + (warning == null ? "" : "<br>log: " + warning) + " | " + money()
                + " | " + advice + " |";
    }

    private String money() {
        String transactions =
                payments == 0 ? "no transaction" : payments == 1 ? "one transaction" : payments + " transactions";
        String amount = leastGone.equals(mostGone) ? leastGone : leastGone + " to " + mostGone;
        return (amount.equals("0") ? "nothing" : amount + " CNX") + "; " + transactions;
    }

    private static Pattern pattern(String text) {
        return Pattern.compile(
                Arrays.stream(text.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
                Pattern.DOTALL);
    }

    @Override
    public String toString() {
        return String.join(", ", faults) + " " + circumstances;
    }
}
