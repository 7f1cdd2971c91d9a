// SPDX-License-Identifier: Apache-2.0
/** What a client tells those who watch it. */
package io.crynux.client.observe;
