// SPDX-License-Identifier: Apache-2.0
/** What must survive a crash: the tasks that were ordered, their payments and how far they came. */
package io.crynux.client.journal;
