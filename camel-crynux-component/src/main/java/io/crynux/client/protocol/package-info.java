// SPDX-License-Identifier: Apache-2.0
/** The protocols that a task can be run by, each as the steps that the engine drives. */
package io.crynux.client.protocol;
