// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

import java.math.BigInteger;
import java.security.SignatureException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.web3j.crypto.ECDSASignature;
import org.web3j.crypto.Hash;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;
import org.web3j.rlp.RlpDecoder;
import org.web3j.rlp.RlpEncoder;
import org.web3j.rlp.RlpList;
import org.web3j.rlp.RlpString;
import org.web3j.rlp.RlpType;
import org.web3j.utils.Numeric;

/**
 * Decodes raw signed transactions of the types 0, 1 and 2 and recovers their senders. Anything that is not exactly such a
 * transaction is refused: an encoding that other nodes would not take must not pass here.
 */
final class TransactionReader {
    private static final int MAX_BYTES = 128 * 1024;
    /** The least first byte of an RLP list; any less is the type of a typed transaction. */
    private static final int SMALLEST_LIST = 0xc0;

    private static final int LEGACY_FIELDS = 9;
    private static final BigInteger HALF_CURVE_ORDER = Sign.CURVE_PARAMS.getN().shiftRight(1);

    /** Tells who sent a transaction of what was signed and of the signature. */
    private interface Senders {
        String of(byte[] signed, int recoveryId, RlpType r, RlpType s) throws SignatureException;
    }

    private TransactionReader() {}

    static Transaction read(String hex) {
        return read(hex, TransactionReader::sender);
    }

    /** Decodes a transaction whose sender is known, whatever its signature is. */
    static Transaction readFrom(String sender, String hex) {
        return read(hex, (signed, recoveryId, r, s) -> sender);
    }

    private static Transaction read(String hex, Senders senders) {
        try {
            byte[] raw = Numeric.hexStringToByteArray(hex);
            if (raw.length == 0 || raw.length > MAX_BYTES) {
                throw undecodable(null);
            }
            int first = raw[0] & 0xff;
            return switch (first) {
                case 1 -> typed(raw, 1, 8, senders);
                case 2 -> typed(raw, 2, 9, senders);
                default -> {
                    if (first < SMALLEST_LIST) {
                        throw new TransactionRefusedException(
                                TransactionRefusedException.Reason.UNDECODABLE,
                                BigInteger.ZERO,
                                BigInteger.valueOf(first));
                    }
                    yield legacy(raw, senders);
                }
            };
        } catch (SignatureException | RuntimeException e) {
            throw e instanceof TransactionRefusedException refused ? refused : undecodable(e);
        } catch (StackOverflowError e) {
            // The RLP decoder recurses once per nested list, and a stranger chooses how deep lists nest.
            throw undecodable(e);
        }
    }

    private static TransactionRefusedException undecodable(Throwable cause) {
        return new TransactionRefusedException(TransactionRefusedException.Reason.UNDECODABLE, cause);
    }

    private static Transaction legacy(byte[] raw, Senders senders) throws SignatureException {
        List<RlpType> fields = fields(raw, LEGACY_FIELDS);
        BigInteger v = number(fields.get(6));
        boolean replayProtected = v.compareTo(BigInteger.valueOf(35)) >= 0;
        OptionalLong chainId = replayProtected
                ? OptionalLong.of(
                        v.subtract(BigInteger.valueOf(35)).shiftRight(1).longValueExact())
                : OptionalLong.empty();
        int recoveryId =
                replayProtected ? v.subtract(BigInteger.valueOf(35)).testBit(0) ? 1 : 0 : v.intValueExact() - 27;

        List<RlpType> signed = new ArrayList<>(fields.subList(0, 6));
        if (replayProtected) {
            signed.add(RlpString.create(BigInteger.valueOf(chainId.getAsLong())));
            signed.add(RlpString.create(BigInteger.ZERO));
            signed.add(RlpString.create(BigInteger.ZERO));
        }
        BigInteger gasPrice = number(fields.get(1));
        return new Transaction(
                hash(raw),
                Numeric.toHexString(raw),
                0,
                chainId,
                senders.of(RlpEncoder.encode(new RlpList(signed)), recoveryId, fields.get(7), fields.get(8)),
                number(fields.get(0)).longValueExact(),
                number(fields.get(2)).longValueExact(),
                gasPrice,
                gasPrice,
                recipient(fields.get(3)),
                number(fields.get(4)),
                Numeric.toHexString(bytes(fields.get(5))),
                List.of(),
                v,
                number(fields.get(7)),
                number(fields.get(8)));
    }

    /** Types 1 and 2 differ in one field: type 1 has a gas price where type 2 has two fees. */
    private static Transaction typed(byte[] raw, int type, int unsignedFields, Senders senders)
            throws SignatureException {
        byte[] payload = Arrays.copyOfRange(raw, 1, raw.length);
        List<RlpType> fields = fields(payload, unsignedFields + 3);
        byte[] prefix = {(byte) type};
        byte[] unsigned = RlpEncoder.encode(new RlpList(fields.subList(0, unsignedFields)));
        int afterFees = type == 2 ? 4 : 3;
        BigInteger parity = number(fields.get(unsignedFields));
        RlpType r = fields.get(unsignedFields + 1);
        RlpType s = fields.get(unsignedFields + 2);
        return new Transaction(
                hash(raw),
                Numeric.toHexString(raw),
                type,
                OptionalLong.of(number(fields.get(0)).longValueExact()),
                senders.of(concat(prefix, unsigned), parity.intValueExact(), r, s),
                number(fields.get(1)).longValueExact(),
                number(fields.get(afterFees)).longValueExact(),
                number(fields.get(afterFees - 1)),
                number(fields.get(2)),
                recipient(fields.get(afterFees + 1)),
                number(fields.get(afterFees + 2)),
                Numeric.toHexString(bytes(fields.get(afterFees + 3))),
                accessList(fields.get(afterFees + 4)),
                parity,
                number(r),
                number(s));
    }

    private static List<RlpType> fields(byte[] encoded, int count) {
        RlpType decoded = RlpDecoder.decode(encoded).getValues().get(0);
        if (!(decoded instanceof RlpList list)
                || list.getValues().size() != count
                || !Arrays.equals(RlpEncoder.encode(list), encoded)) {
            throw undecodable(null);
        }
        return list.getValues();
    }

    private static String sender(byte[] signed, int recoveryId, RlpType r, RlpType s) throws SignatureException {
        BigInteger sValue = number(s);
        if (recoveryId < 0 || recoveryId > 1 || sValue.compareTo(HALF_CURVE_ORDER) > 0) {
            throw undecodable(null);
        }
        BigInteger publicKey =
                Sign.recoverFromSignature(recoveryId, new ECDSASignature(number(r), sValue), Hash.sha3(signed));
        if (publicKey == null) {
            throw undecodable(null);
        }
        return "0x" + Keys.getAddress(publicKey);
    }

    private static List<Transaction.AccessTuple> accessList(RlpType field) {
        List<Transaction.AccessTuple> tuples = new ArrayList<>();
        for (RlpType entry : ((RlpList) field).getValues()) {
            List<RlpType> tuple = ((RlpList) entry).getValues();
            List<String> keys = new ArrayList<>();
            for (RlpType key : ((RlpList) tuple.get(1)).getValues()) {
                keys.add(Numeric.toHexString(bytes(key)));
            }
            tuples.add(new Transaction.AccessTuple(Numeric.toHexString(bytes(tuple.get(0))), List.copyOf(keys)));
        }
        return List.copyOf(tuples);
    }

    private static String recipient(RlpType field) {
        byte[] address = bytes(field);
        if (address.length != 0 && address.length != 20) {
            throw undecodable(null);
        }
        return address.length == 0 ? "" : Numeric.toHexString(address);
    }

    private static BigInteger number(RlpType field) {
        byte[] bytes = bytes(field);
        if (bytes.length > 32 || (bytes.length > 0 && bytes[0] == 0)) {
            throw undecodable(null);
        }
        return new BigInteger(1, bytes);
    }

    private static byte[] bytes(RlpType field) {
        return ((RlpString) field).getBytes();
    }

    private static String hash(byte[] raw) {
        return Numeric.toHexString(Hash.sha3(raw));
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
