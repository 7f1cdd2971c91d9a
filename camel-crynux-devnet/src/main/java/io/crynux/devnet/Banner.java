// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import java.io.PrintWriter;
import java.util.List;

/** What the command line prints at start: URLs, contract and accounts. */
final class Banner {
    private final CrynuxDevnet devnet;
    private final boolean tooFewNodes;
    private final boolean foreignChain;

    /** @param foreignChain whether the chain is that of another node */
    Banner(CrynuxDevnet devnet, boolean tooFewNodes, boolean foreignChain) {
        this.devnet = devnet;
        this.foreignChain = foreignChain;
        this.tooFewNodes = tooFewNodes;
    }

    void print(PrintWriter out) {
        out.println("Crynux devnet");
        out.println();
        out.println("  RPC URL    " + devnet.chain().shownRpcUrl());
        if (!foreignChain) {
            out.println("  WebSocket  " + devnet.webSocketUrl());
        }
        out.println("  Relay URL  " + devnet.relayUrl());
        out.println("  Page       " + devnet.pageUrl() + "  (open it in a browser)");
        out.println("  Contract   " + devnet.contractAddress());
        out.println("  Chain id   " + devnet.chainId());
        out.println("  Nodes      " + devnet.nodes().size()
                + (tooFewNodes ? "  (a task needs three: every task will wait)" : ""));
        out.println();
        printAccounts(devnet, out);
        out.println();
        out.println("Ready. Press Ctrl-C to stop.");
        out.flush();
    }

    /** The accounts with their keys, and the warning. */
    static void printAccounts(CrynuxDevnet devnet, PrintWriter out) {
        out.println("Accounts with 10,000 CNX each, and their private keys");
        out.println("  WARNING: these keys are public. Never use them on another network: money sent there is lost.");
        out.println();
        List<DevnetAccount> accounts = devnet.accounts();
        for (int i = 0; i < accounts.size(); i++) {
            DevnetAccount account = accounts.get(i);
            out.printf("  %3d  %s  %s%n", i, account.address(), account.privateKey());
        }
    }
}
