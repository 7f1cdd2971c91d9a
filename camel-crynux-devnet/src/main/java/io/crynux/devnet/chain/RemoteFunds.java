// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.crypto.Credentials;

/**
 * Gives money on a chain that others run: by setting balances where the node can do that, as anvil and hardhat can, else
 * by transfers from the test mnemonic's accounts, as much as gas costs.
 */
final class RemoteFunds {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteFunds.class);
    private static final String SET_BALANCE = "hardhat_setBalance";
    /** Enough gas for thousands of transactions on a chain for tests. */
    private static final BigInteger GAS_MONEY = BigInteger.TEN.pow(18);

    private final JsonRpc rpc;
    private final RemoteAccess access;
    private final List<Credentials> funders;

    /** @param funders who may have money to give */
    RemoteFunds(JsonRpc rpc, RemoteAccess access, List<Credentials> funders) {
        this.rpc = rpc;
        this.access = access;
        this.funders = funders;
    }

    /**
     * Raises balances; none gets lower.
     *
     * @param balances that there should be in wei, by address
     * @return transactions that must be mined first
     */
    List<String> raise(Map<String, BigInteger> balances) {
        List<String> transfers = new ArrayList<>();
        balances.forEach((address, wanted) -> {
            BigInteger has = balance(address);
            if (has.compareTo(wanted) >= 0) {
                return;
            }
            String hex = "0x" + wanted.toString(16);
            if (rpc.callIfKnown(SET_BALANCE, address, hex).isEmpty() && has.compareTo(GAS_MONEY) < 0) {
                transfers.add(access.send(richest(), address, "0x", GAS_MONEY));
            }
        });
        if (!transfers.isEmpty()) {
            LOG.info("{} cannot set balances: {} accounts got 1 coin each for gas", rpc.shownUrl(), transfers.size());
        }
        return transfers;
    }

    private Credentials richest() {
        return funders.stream()
                .max(Comparator.comparing(funder -> balance(funder.getAddress())))
                .filter(funder -> balance(funder.getAddress()).compareTo(GAS_MONEY) > 0)
                .orElseThrow(
                        () -> new ChainAccessException("No known account has money on the chain at " + rpc.shownUrl()
                                + ". Fund an account of the test mnemonic (test test ... junk); anvil and hardhat do that at"
                                + " start"));
    }

    private BigInteger balance(String address) {
        return rpc.quantity("eth_getBalance", address, "pending");
    }
}
