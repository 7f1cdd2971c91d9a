// SPDX-License-Identifier: Apache-2.0
/** The task journal: records of tasks and their payments that survive a crash. */
package io.crynux.client.journal;
