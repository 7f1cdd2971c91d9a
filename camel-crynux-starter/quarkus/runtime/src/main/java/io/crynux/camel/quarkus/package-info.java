// SPDX-License-Identifier: Apache-2.0
/** What the component needs on Quarkus while an application runs. Nothing here is for applications to call. */
package io.crynux.camel.quarkus;
