// SPDX-License-Identifier: Apache-2.0
/**
 * The component {@code crynux} on Spring Boot: options as properties {@code camel.component.crynux.*}, failures at start
 * told by property, hints for native images. {@code CrynuxComponentConfiguration} and {@code CrynuxComponentConverter} are
 * generated from the component's metadata.
 */
package io.crynux.camel.springboot;
