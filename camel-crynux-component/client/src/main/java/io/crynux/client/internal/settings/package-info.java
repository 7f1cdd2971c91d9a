// SPDX-License-Identifier: Apache-2.0
/** Checks of settings. */
package io.crynux.client.internal.settings;
