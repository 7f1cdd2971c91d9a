// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.contract;

import io.crynux.client.event.ContractEvent;
import io.crynux.client.internal.text.ForeignText;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Event;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.utils.Numeric;

/**
 * Reads logs of the Task contract. Deployments differ in which arguments are indexed (early ones did not index taskId in
 * TaskSuccess and TaskAborted), while topic 0 stays the same, so the number of topics tells which form a log has: indexed
 * arguments are the ones that the event's declaration names, counted from those that every deployment indexes.
 */
public final class ContractEvents {
    private static final Logger LOG = LoggerFactory.getLogger(ContractEvents.class);

    /** One form of one event. */
    private record Form(Event event, String topic, Reader reader) {
        boolean fits(Log log) {
            return topic.equals(log.getTopics().get(0))
                    && log.getTopics().size()
                            == 1 + event.getIndexedParameters().size();
        }
    }

    private interface Reader {
        ContractEvent read(List<Type<?>> arguments);
    }

    private static final List<Form> FORMS = List.of(
            form(ContractEvents::pending, "TaskPending", uint(false), uint(false), address(), bytes32(), bytes32()),
            form(
                    ContractEvents::started,
                    "TaskStarted",
                    uint(false),
                    uint(false),
                    address(),
                    address(),
                    bytes32(),
                    bytes32(),
                    uint(false)),
            form(a -> new ContractEvent.CommitmentsReady(number(a, 0)), "TaskResultCommitmentsReady", uint(true)),
            form(ContractEvents::succeeded, "TaskSuccess", uint(true), bytes(), address()),
            form(ContractEvents::succeeded, "TaskSuccess", uint(false), bytes(), address()),
            form(a -> new ContractEvent.ResultsUploaded(number(a, 0)), "TaskResultUploaded", uint(true)),
            form(
                    a -> new ContractEvent.NodePaid(number(a, 0), text(a, 1), number(a, 2)),
                    "TaskNodeSuccess",
                    uint(true),
                    account(),
                    uint(false)),
            form(
                    a -> new ContractEvent.NodeSlashed(number(a, 0), text(a, 1)),
                    "TaskNodeSlashed",
                    uint(true),
                    account()),
            form(
                    a -> new ContractEvent.NodeCancelled(number(a, 0), text(a, 1)),
                    "TaskNodeCancelled",
                    uint(true),
                    account()),
            form(ContractEvents::aborted, "TaskAborted", uint(true), string()),
            form(ContractEvents::aborted, "TaskAborted", uint(false), string()));

    private static Form form(Reader reader, String name, TypeReference<?>... arguments) {
        Event event = new Event(name, List.of(arguments));
        return new Form(event, EventEncoder.encode(event), reader);
    }

    private ContractEvents() {}

    /** The first topics of the events that can be read. */
    public static Set<String> topics() {
        return FORMS.stream().map(Form::topic).collect(Collectors.toSet());
    }

    /** The first topic of an event. */
    public static String topic(String name) {
        return FORMS.stream()
                .filter(form -> form.event().getName().equals(name))
                .findFirst()
                .orElseThrow()
                .topic();
    }

    /** Those of the logs whose first topic is among those. */
    public static List<Log> only(Set<String> topics, List<Log> logs) {
        return logs.stream()
                .filter(log -> !log.getTopics().isEmpty()
                        && topics.contains(log.getTopics().get(0)))
                .toList();
    }

    /** The events of logs, in their order, without those that do not matter or cannot be read. */
    public static List<LoggedEvent> readAll(List<Log> logs) {
        List<LoggedEvent> events = new ArrayList<>();
        for (Log log : logs) {
            read(log).ifPresent(event -> events.add(LoggedEvent.of(event, log)));
        }
        return events;
    }

    /** The event, or empty for one that does not matter or cannot be read. */
    public static Optional<ContractEvent> read(Log log) {
        if (log.getTopics().isEmpty()) {
            return Optional.empty();
        }
        for (Form form : FORMS) {
            if (form.fits(log)) {
                try {
                    return Optional.of(form.reader().read(arguments(form.event, log)));
                } catch (RuntimeException e) {
                    // A foreign contract at the address, or a broken node: no reason to stop reading the chain.
                    LOG.warn(
                            "Ignoring a {} log that cannot be read: transaction {}, log {}: {}",
                            form.event().getName(),
                            ForeignText.shown(log.getTransactionHash()),
                            ForeignText.shown(log.getLogIndexRaw()),
                            ForeignText.shown(e.toString()));
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static ContractEvent pending(List<Type<?>> a) {
        return new ContractEvent.Pending(number(a, 0), number(a, 1).longValueExact(), text(a, 2), hex(a, 3), hex(a, 4));
    }

    private static ContractEvent started(List<Type<?>> a) {
        return new ContractEvent.Started(
                number(a, 0),
                number(a, 1).longValueExact(),
                text(a, 2),
                text(a, 3),
                hex(a, 4),
                hex(a, 5),
                number(a, 6));
    }

    private static ContractEvent aborted(List<Type<?>> a) {
        return new ContractEvent.Aborted(number(a, 0), text(a, 1));
    }

    private static ContractEvent succeeded(List<Type<?>> a) {
        return new ContractEvent.Succeeded(number(a, 0), hex(a, 1), text(a, 2));
    }

    /** The arguments in the order of the declaration, whether they are in the topics or in the data. */
    @SuppressWarnings("rawtypes") // web3j's decoder returns raw types
    private static List<Type<?>> arguments(Event event, Log log) {
        List<? extends TypeReference<?>> typesInData = event.getNonIndexedParameters();
        List<? extends Type> inData = StaticWords.areRead(typesInData)
                ? StaticWords.read(log.getData(), typesInData)
                : FunctionReturnDecoder.decode(log.getData(), event.getNonIndexedParameters());
        List<Type<?>> arguments = new ArrayList<>();
        int topic = 1;
        int data = 0;
        for (TypeReference<?> parameter : event.getParameters()) {
            arguments.add(
                    parameter.isIndexed()
                            ? StaticWords.readTopic(log.getTopics().get(topic++), parameter)
                            : inData.get(data++));
        }
        return arguments;
    }

    private static BigInteger number(List<Type<?>> arguments, int index) {
        return (BigInteger) arguments.get(index).getValue();
    }

    private static String text(List<Type<?>> arguments, int index) {
        return (String) arguments.get(index).getValue();
    }

    private static String hex(List<Type<?>> arguments, int index) {
        return Numeric.toHexString((byte[]) arguments.get(index).getValue());
    }

    private static TypeReference<Uint256> uint(boolean indexed) {
        return new TypeReference<>(indexed) {};
    }

    private static TypeReference<Address> address() {
        return new TypeReference<>(true) {};
    }

    private static TypeReference<Address> account() {
        return new TypeReference<>() {};
    }

    private static TypeReference<Bytes32> bytes32() {
        return new TypeReference<>() {};
    }

    private static TypeReference<DynamicBytes> bytes() {
        return new TypeReference<>() {};
    }

    private static TypeReference<Utf8String> string() {
        return new TypeReference<>() {};
    }
}
