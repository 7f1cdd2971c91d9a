// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;

/** Fine-tuning tasks that would be paid for and fail. */
final class SdFtLoraWarnings {
    private final JsonNode parameters;
    private final Findings findings;

    SdFtLoraWarnings(JsonNode parameters, Findings findings) {
        this.parameters = parameters;
        this.findings = findings;
    }

    void find() {
        findings.checkVersion(parameters);
        findings.checkModelName(parameters.path("model").path("name"), "/model/name", false);
        JsonNode dataset = parameters.path("dataset");
        if (dataset.isObject()) {
            dataset(dataset);
        }
        if (parameters.has("dataloader_num_workers")) {
            findings.add("/dataloader_num_workers", "does nothing: nodes always use 0");
        }
    }

    private void dataset(JsonNode dataset) {
        boolean named = dataset.path("name").isTextual();
        JsonNode url = dataset.path("url");
        if (!named && !url.isTextual()) {
            findings.add("/dataset", "has neither name nor url; nodes need one of them");
        } else if (named && url.isTextual()) {
            findings.add("/dataset/url", "is ignored, because the data set's name comes first");
        }
        if (url.isTextual() && !isWeb(url.textValue())) {
            findings.add("/dataset/url", "is no http or https URL; nodes refuse others");
        }
    }

    private static boolean isWeb(String url) {
        return url.matches("(?is)https?://[^/].*");
    }
}
