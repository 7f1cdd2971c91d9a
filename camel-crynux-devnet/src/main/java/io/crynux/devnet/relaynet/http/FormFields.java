// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.http;

import io.crynux.devnet.relaynet.refusal.RequestRefusedException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fields of a form. Of a name that is repeated, the first counts where one is wanted. */
final class FormFields implements FieldSource {
    /** A field of a body has no name in an error. */
    private static final String NO_FIELD = "";

    private final Map<String, List<String>> values;
    private final Map<String, List<byte[]>> files;

    FormFields(Map<String, List<String>> values, Map<String, List<byte[]>> files) {
        this.values = values;
        this.files = files;
    }

    @Override
    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).map(all -> all.get(0));
    }

    @Override
    public Optional<List<String>> texts(String name) {
        return Optional.ofNullable(values.get(name));
    }

    @Override
    public Optional<BigInteger> unsigned(String name, int bits) throws RequestRefusedException {
        Optional<String> text = text(name);
        return text.isEmpty() ? Optional.empty() : Optional.of(GoNumber.unsigned(NO_FIELD, text.get(), bits));
    }

    @Override
    public Optional<Long> signed(String name) throws RequestRefusedException {
        Optional<String> text = text(name);
        return text.isEmpty() ? Optional.empty() : Optional.of(GoNumber.signed(NO_FIELD, text.get()));
    }

    @Override
    public Optional<BigInteger> amount(String name) throws RequestRefusedException {
        Optional<String> text = text(name);
        return text.isEmpty() ? Optional.empty() : Optional.of(Amount.ofJson(text.get()));
    }

    @Override
    public List<byte[]> files(String name) {
        return files.getOrDefault(name, List.of());
    }
}
