// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.quarkus.deployment;

import io.quarkus.builder.item.SimpleBuildItem;

/** There is a devnet. Dev Services wait for the HTTP server that the Dev UI takes part in, so that it cannot look at their results. */
public final class DevnetBuildItem extends SimpleBuildItem {}
