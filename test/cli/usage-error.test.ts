import {expect, test} from 'vitest';
import {unknownCommand, usageError} from '../../src/cli/usage-error.ts';
import {nearest} from '../../src/model/nearest.ts';

test.each([
  ['stauts', 'status'],
  ['strat', 'start'],
  ['sto', 'stop'],
  ['audits', 'audit'],
  ['frobnicate', undefined],
])('%s is near to %s', (word, expected) => {
  expect(nearest(word, ['start', 'stop', 'status', 'audit'])).toBe(expected);
});

const commands = ['audit', 'audit iam', 'deploy', 'local start', 'local status', 'new service'];

test.each([
  ['frobnicate', 'There is no command gear frobnicate', ['gear --help']],
  ['aduit orders', 'There is no command gear aduit', ['gear audit orders', 'gear --help']],
  ['local', 'There is no command gear local', ['gear local --help']],
  ['local stauts', 'There is no command gear local stauts', ['gear local status', 'gear local --help']],
  ['loca start', 'There is no command gear loca', ['gear local start', 'gear --help']],
  ['new servce orders', 'There is no command gear new servce', ['gear new service orders', 'gear new --help']],
  ['--nope', 'Nonexistent flag: --nope', ['gear --help']],
])('gear %s', (typed, message, suggestions) => {
  expect(unknownCommand(typed.split(' '), commands)).toMatchObject({message, suggestions});
});

const typed = (message: string, members: object = {}) => Object.assign(new Error(message), {oclif: {}, ...members});

test.each([
  [
    'a flag that was nearly right',
    typed('Nonexistent flag: --locl\nSee more help with --help', {
      flags: ['--locl'],
      parse: {input: {flags: {local: {}, region: {}}}},
    }),
    'Nonexistent flag: --locl',
    ['--local', 'gear deploy --help'],
  ],
  [
    'a number that is none',
    typed('Parsing --port \n\tExpected an integer but received: x\nSee more help with --help'),
    '--port: expected an integer but received: x',
    ['gear deploy --help'],
  ],
  [
    'an argument that was not given',
    typed('Missing 1 required arg:\ntable  Name of the table\nSee more help with --help', {args: []}),
    'Not given: TABLE (name of the table)',
    ['gear deploy --help'],
  ],
  [
    'flags that exclude each other',
    typed(
      'The following error occurred:\n  --region=x cannot also be provided when using --local\nSee more help with --help',
    ),
    '--region=x cannot be given with --local',
    ['gear deploy --help'],
  ],
  [
    'a flag that needs another',
    typed(
      'The following error occurred:\n  All of the following must be provided when using --dir: --local\nSee more help with --help',
    ),
    '--dir needs --local',
    ['gear deploy --help'],
  ],
])('%s is one sentence', (_, error, message, suggestions) => {
  expect(usageError(error, 'deploy')).toMatchObject({code: 'USAGE', exit: 2, message, suggestions});
});
