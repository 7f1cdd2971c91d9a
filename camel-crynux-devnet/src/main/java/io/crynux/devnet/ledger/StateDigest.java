// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.web3j.crypto.Hash;
import org.web3j.rlp.RlpEncoder;
import org.web3j.rlp.RlpList;
import org.web3j.rlp.RlpString;
import org.web3j.rlp.RlpType;
import org.web3j.utils.Numeric;

/**
 * What stands in for the state root: the hash of the RLP of {@code [parent's digest, [[address, nonce, balance], ...]]} over
 * the accounts that the block changed, by address. It moves with every balance and nonce; it proves none to a light client.
 */
final class StateDigest {
    private StateDigest() {}

    static String of(Block parent, Map<StateKey<?>, Object> changes) {
        Map<String, Account> accounts = new TreeMap<>();
        changes.forEach((key, value) -> {
            if (key instanceof Account.Key account) {
                accounts.put(account.address(), (Account) value);
            }
        });
        List<RlpType> entries = new ArrayList<>();
        accounts.forEach((address, account) -> entries.add(
                new RlpList(bytes(address), RlpString.create(account.nonce()), RlpString.create(account.balance()))));
        String before = parent == null ? BlockHeader.ZERO_HASH : parent.header().stateRoot();
        return Numeric.toHexString(Hash.sha3(RlpEncoder.encode(new RlpList(bytes(before), new RlpList(entries)))));
    }

    private static RlpString bytes(String hex) {
        return RlpString.create(Numeric.hexStringToByteArray(hex));
    }
}
