#!/usr/bin/env node
// Only syntax and modules that Node 12 knows: this file is what an older Node must be able to read.
import {readFileSync} from 'node:fs';
import module from 'node:module';
import {setFlagsFromString} from 'node:v8';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 13)) {
  process.stderr.write(`gear needs Node 22.13 or newer; this is ${process.versions.node}.\n`);
  process.exitCode = 2;
} else if (process.argv.length === 3 && process.argv[2] === '--version') {
  // What oclif would print, without loading it: scripts ask for the version often, and for nothing else.
  const {name, version} = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  process.stdout.write(`${name}/${version} ${process.platform}-${process.arch} node-${process.version}\n`);
} else {
  // An audit of 500 templates then stays under 150 MiB, in the same time: the room for what lives but for a moment
  // does not grow. Later than here it would have no effect, and a Node that has no such flag would say so.
  if (process.argv[2] === 'audit' && major <= 24) setFlagsFromString('--semi-space-growth-factor=1');
  module.enableCompileCache?.();
  import('../dist/cli/main.js').then(({main}) => main());
}
