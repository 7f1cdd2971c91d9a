// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.arguments;

import io.crynux.devnet.golang.GoText;
import java.util.List;
import java.util.Map;

/** Names of models and GPUs as the Relay keeps them. Hugging Face does not distinguish the letter case of names. */
public final class ModelNames {
    private ModelNames() {}

    /** Id of a model, such as {@code base:qwen/qwen3-8b}: in lower case, a URL inside too. */
    public static String id(String id) {
        return GoText.lower(id);
    }

    /** Name of a model: in lower case, unless it is a URL. */
    static String name(String name) {
        return name.startsWith("http://") || name.startsWith("https://") ? name : GoText.lower(name);
    }

    /** Name of a GPU: single spaces, none around it. */
    public static String gpu(String name) {
        return String.join(" ", GoText.fields(name));
    }

    /** Rewrites the names in parameters that are valid. */
    static void rewrite(TaskType type, Map<String, Object> args) {
        switch (type) {
            case IMAGE -> {
                rewriteMember(args, "base_model");
                rewriteMember(args.get("base_model"), "name");
                for (String part : List.of("lora", "controlnet", "refiner")) {
                    rewriteMember(args.get(part), "model");
                }
                for (String member : List.of("unet", "vae", "textual_inversion")) {
                    rewriteMember(args, member);
                }
            }
            case LANGUAGE -> rewriteMember(args, "model");
            case FINE_TUNING -> rewriteMember(args.get("model"), "name");
        }
    }

    @SuppressWarnings("unchecked")
    private static void rewriteMember(Object object, String member) {
        if (object instanceof Map<?, ?> members && members.get(member) instanceof String name) {
            ((Map<String, Object>) members).put(member, name(name));
        }
    }
}
