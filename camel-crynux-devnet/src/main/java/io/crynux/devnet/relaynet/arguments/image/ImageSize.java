// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.arguments.image;

/** Width and height in pixels. Some formats can say 0. */
public record ImageSize(long width, long height) {}
