// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.contract;

import io.crynux.devnet.ledger.Contract;
import io.crynux.devnet.ledger.Frame;
import java.math.BigInteger;

/**
 * The Node contract, as far as the Task contract's behaviour depends on it. Beside the real functions, {@code join(string,uint256)}
 * with a stake, {@code quit()}, {@code pause()} and {@code resume()}, it has two that the real one has not: the devnet's operator
 * lets any address join without a stake by {@code joinFor(address,string,uint256)} and leave by {@code quitFor(address)}.
 */
final class NodeContract implements Contract {
    static final String JOIN_FOR = Calldata.selectorOf("joinFor(address,string,uint256)");
    static final String QUIT_FOR = Calldata.selectorOf("quitFor(address)");
    private static final String JOIN = Calldata.selectorOf("join(string,uint256)");
    private static final String QUIT = Calldata.selectorOf("quit()");
    static final String PAUSE = Calldata.selectorOf("pause()");
    static final String RESUME = Calldata.selectorOf("resume()");
    static final String STATUS = Calldata.selectorOf("getNodeStatus(address)");

    private final ContractSettings settings;
    private final String operator;

    NodeContract(ContractSettings settings, String operator) {
        this.settings = settings;
        this.operator = operator;
    }

    @Override
    public String call(Frame frame) {
        ContractCall call = new ContractCall(frame, settings);
        String selector = call.data.selector();
        if (selector.equals(JOIN)) {
            call.require(frame.value().compareTo(settings.stake()) >= 0, "Staked amount is not enough");
            call.use(GasCosts.JOIN);
            call.nodes.join(call.caller(), new Gpu(call.data.string(0), call.data.number(1)), frame.value());
            return "0x";
        }
        if (frame.value().signum() != 0) {
            throw Reverts.empty();
        }
        if (selector.equals(STATUS)) {
            call.use(GasCosts.VIEW);
            int status = call.nodes.status(call.data.address(0)).number();
            return new AbiEncoder().number(status).hex();
        }
        change(selector, call);
        return "0x";
    }

    private void change(String selector, ContractCall call) {
        call.use(GasCosts.NODE_CHANGE);
        if (selector.equals(QUIT)) {
            call.nodes.quit(call.caller());
        } else if (selector.equals(PAUSE)) {
            call.nodes.pause(call.caller());
        } else if (selector.equals(RESUME)) {
            call.nodes.resume(call.caller());
        } else if (selector.equals(JOIN_FOR) && call.caller().equals(operator)) {
            Gpu gpu = new Gpu(call.data.string(1), call.data.number(2));
            call.use(GasCosts.JOIN_FOR - GasCosts.NODE_CHANGE);
            call.nodes.join(call.data.address(0), gpu, BigInteger.ZERO);
        } else if (selector.equals(QUIT_FOR) && call.caller().equals(operator)) {
            call.nodes.quit(call.data.address(0));
        } else {
            throw Reverts.empty();
        }
    }

    @Override
    public String code() {
        return CrynuxContracts.CODE;
    }
}
