// SPDX-License-Identifier: Apache-2.0
/** The image formats of the network. */
package io.crynux.client.internal.image;
