// SPDX-License-Identifier: Apache-2.0
// Compiles the contracts: node compile.js <folder with node_modules/solc> <JSON file to write>
'use strict';
const crypto = require('crypto');
const fs = require('fs');
const path = require('path');

const [modules, target] = process.argv.slice(2);
const solc = require(path.resolve(modules, 'node_modules', 'solc'));
const names = fs.readdirSync(__dirname).filter((name) => name.endsWith('.sol')).sort();
const sources = {};
const hash = crypto.createHash('sha256');
for (const name of names) {
  const content = fs.readFileSync(path.join(__dirname, name), 'utf8');
  sources[name] = { content };
  hash.update(name + '\n' + content);
}
const settings = {
  optimizer: { enabled: true, runs: 200 },
  viaIR: true,
  // Chains that are not of today can run it, too.
  evmVersion: 'london',
  metadata: { appendCBOR: false, bytecodeHash: 'none' },
  outputSelection: { '*': { '*': ['evm.bytecode.object', 'evm.deployedBytecode.object'] } },
};
const output = JSON.parse(solc.compile(JSON.stringify({ language: 'Solidity', sources, settings })));
const complaints = output.errors || [];
if (complaints.length > 0) {
  complaints.forEach((complaint) => console.error(complaint.formattedMessage));
  process.exit(1);
}
const MOST_BYTES = 24576;
const bytecode = {};
for (const name of ['NodeContract', 'TaskContract']) {
  const { evm } = output.contracts[name + '.sol'][name];
  const bytes = evm.deployedBytecode.object.length / 2;
  if (bytes > MOST_BYTES) {
    console.error(`${name} has ${bytes} bytes, more than the ${MOST_BYTES} that a chain takes`);
    process.exit(1);
  }
  bytecode[name] = '0x' + evm.bytecode.object;
}
const artefact = { compiler: solc.version(), sources: 'sha256:' + hash.digest('hex'), bytecode };
fs.writeFileSync(target, JSON.stringify(artefact, null, 2) + '\n');
