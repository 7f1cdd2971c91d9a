// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.springboot;

import io.crynux.camel.CrynuxComponent;
import io.crynux.camel.CrynuxConfiguration;
import io.crynux.camel.CrynuxEndpoint;
import io.crynux.client.event.ContractEvent;
import java.util.List;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.util.ClassUtils;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.crypto.WalletFile;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.core.methods.request.EthFilter;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.EthBlock;
import org.web3j.protocol.core.methods.response.EthCall;
import org.web3j.protocol.core.methods.response.EthChainId;
import org.web3j.protocol.core.methods.response.EthGasPrice;
import org.web3j.protocol.core.methods.response.EthGetBalance;
import org.web3j.protocol.core.methods.response.EthGetBlockReceipts;
import org.web3j.protocol.core.methods.response.EthGetCode;
import org.web3j.protocol.core.methods.response.EthGetTransactionCount;
import org.web3j.protocol.core.methods.response.EthGetTransactionReceipt;
import org.web3j.protocol.core.methods.response.EthLog;
import org.web3j.protocol.core.methods.response.EthMaxPriorityFeePerGas;
import org.web3j.protocol.core.methods.response.EthSendTransaction;
import org.web3j.protocol.core.methods.response.EthTransaction;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/** What a native image needs of the component beyond what can be seen in its code. */
final class CrynuxRuntimeHints implements RuntimeHintsRegistrar {
    /** Camel makes them by the names that are in files below META-INF/services/org/apache/camel. */
    private static final List<String> MADE_BY_CAMEL = List.of(
            "io.crynux.camel.CrynuxComponentConfigurer",
            "io.crynux.camel.CrynuxEndpointConfigurer",
            "io.crynux.camel.CrynuxEndpointUriFactory",
            "io.crynux.camel.EventConverterLoader",
            "io.crynux.camel.ResultConverterLoader",
            "io.crynux.camel.TaskJournalConverterLoader");

    /** Records that Jackson writes and reads: lines of the journal's file, events, and results of operations. */
    private static final List<String> JSON_RECORDS = List.of(
            "io.crynux.client.journal.JournalHeader",
            "io.crynux.client.journal.JournalFrame",
            "io.crynux.client.event.EventJson$Head",
            "io.crynux.client.event.EventJson$Location",
            "io.crynux.client.event.EventPosition$Text",
            "io.crynux.client.operation.CancelledTask$View",
            "io.crynux.client.operation.NetworkStatistics$View",
            "io.crynux.client.operation.PreparedTask$View",
            "io.crynux.client.operation.TaskStatus$View",
            "io.crynux.client.operation.WatchedTask$View");

    /** What web3j has Jackson write and read. */
    private static final Class<?>[] JSON_RPC = {
        Request.class,
        Response.class,
        EthBlock.class,
        EthCall.class,
        EthChainId.class,
        EthFilter.class,
        EthGasPrice.class,
        EthGetBalance.class,
        EthGetBlockReceipts.class,
        EthGetCode.class,
        EthGetTransactionCount.class,
        EthGetTransactionReceipt.class,
        EthLog.class,
        EthMaxPriorityFeePerGas.class,
        EthSendTransaction.class,
        EthTransaction.class,
        Log.class,
        Transaction.class,
        TransactionReceipt.class,
        WalletFile.class
    };

    /** Types of the contract's arguments and events, which web3j makes by reflection. */
    private static final Class<?>[] ABI = {
        Address.class, Bytes32.class, DynamicBytes.class, Uint256.class, Utf8String.class
    };

    @Override
    public void registerHints(RuntimeHints hints, ClassLoader classLoader) {
        for (Class<?> bean : List.of(CrynuxComponent.class, CrynuxEndpoint.class, CrynuxConfiguration.class)) {
            hints.reflection()
                    .registerType(
                            bean, MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS, MemberCategory.INVOKE_PUBLIC_METHODS);
        }
        for (String name : MADE_BY_CAMEL) {
            hints.reflection().registerTypeIfPresent(classLoader, name, MemberCategory.INVOKE_DECLARED_CONSTRUCTORS);
        }
        for (Class<?> type : ABI) {
            hints.reflection()
                    .registerType(
                            type, MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS, MemberCategory.INVOKE_PUBLIC_METHODS);
        }
        BindingReflectionHintsRegistrar json = new BindingReflectionHintsRegistrar();
        json.registerReflectionHints(hints.reflection(), JSON_RPC);
        for (String name : JSON_RECORDS) {
            json.registerReflectionHints(hints.reflection(), ClassUtils.resolveClassName(name, classLoader));
        }
        json.registerReflectionHints(hints.reflection(), ContractEvent.class.getPermittedSubclasses());
        hints.resources()
                .registerPattern("META-INF/services/org/apache/camel/*")
                .registerPattern("META-INF/services/org/apache/camel/component/crynux")
                .registerPattern("META-INF/services/org/apache/camel/configurer/crynux-*")
                .registerPattern("META-INF/services/org/apache/camel/urifactory/crynux-*")
                .registerPattern("META-INF/io/crynux/camel/crynux.json")
                .registerPattern("io/crynux/client/schema/*.json");
    }
}
