import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {binaryHeadBytes, binaryMachine, mayBeBinary} from '../../src/bundle/binary-machine.ts';
import {elf, machO, portableExecutable} from './binaries.ts';

test.each([
  ['ELF for x86-64', elf(62), 'linux x64'],
  ['ELF for AArch64', elf(183), 'linux arm64'],
  ['ELF with the larger end first', elf(22, {bigEndian: true}), 'linux s390x'],
  ['ELF for a machine that nobody runs Lambda on', elf(8), 'linux machine 8'],
  ['Mach-O of Apple silicon', machO(0x0100000c), 'macOS arm64'],
  ['Mach-O of Intel', machO(0x01000007), 'macOS x64'],
  ['Mach-O for several processors', Buffer.from(`cafebabe${'00'.repeat(40)}`, 'hex'), 'macOS'],
  ['PE', portableExecutable(0x8664), 'Windows x64'],
  ['a script', Buffer.from('#!/usr/bin/env python3\nimport sys\n'), undefined],
  ['text that begins like PE', Buffer.from(`MZ${'x'.repeat(80)}`), 'Windows'],
  ['nothing', Buffer.alloc(0), undefined],
  ['a header that is cut off', elf(62).subarray(0, 12), undefined],
])('%s', (_, head, machine) => {
  expect(binaryMachine(head)).toBe(machine);
});

test('the program that runs this is made for the machine that it runs on', () => {
  const system = {linux: 'linux', darwin: 'macOS', win32: 'Windows'}[process.platform as string];
  const head = readFileSync(process.execPath).subarray(0, binaryHeadBytes);
  expect(binaryMachine(head)).toMatch(new RegExp(`^${system}`));
  if (system === 'linux') expect(binaryMachine(head)).toBe(`linux ${process.arch}`);
});

test.each([
  ['bcrypt/_bcrypt.abi3.so', true],
  ['lib/libvips.so.42.17.1', true],
  ['node_modules/sharp/sharp.node', true],
  ['bootstrap', true],
  ['opt/bin/ffmpeg', true],
  ['Orders.dll', false],
  ['setuptools/cli-64.exe', false],
  ['node_modules/.bin/tsc', false],
  ['index.mjs', false],
])('%s may be a binary: %s', (path, expected) => {
  expect(mayBeBinary(path)).toBe(expected);
});
