// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import java.io.PrintWriter;

/** What the command line prints at the start of a network of today: URL and accounts. */
final class TodaysBanner {
    private final CrynuxDevnet devnet;

    TodaysBanner(CrynuxDevnet devnet) {
        this.devnet = devnet;
    }

    void print(PrintWriter out) {
        out.println("Crynux devnet of the network of today");
        out.println();
        out.println("  Relay URL  " + devnet.relayUrl());
        out.println("  Control    " + devnet.relayUrl() + Control.PREFIX + "/faults");
        out.println("  Nodes      " + devnet.nodes().size());
        out.println("  Sampling   1 task in " + devnet.network().settings().samplingModulus());
        out.println();
        Banner.printAccounts(devnet, out);
        out.println();
        out.println("Ready. Press Ctrl-C to stop.");
        out.flush();
    }
}
