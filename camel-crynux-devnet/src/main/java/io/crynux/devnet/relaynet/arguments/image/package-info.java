// SPDX-License-Identifier: Apache-2.0
/** Width and height from the first bytes of a picture, with the errors of Go's {@code image} packages, which the Relay returns. */
package io.crynux.devnet.relaynet.arguments.image;
