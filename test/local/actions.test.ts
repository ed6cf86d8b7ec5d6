import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {describeAction, isKnownAction} from '../../src/iam/catalogue.ts';
import {type Assembly, assemble} from '../../src/local/assemble.ts';
import {systemClock} from '../../src/local/clock.ts';
import type {PermissionRequest} from '../../src/local/operation.ts';
import {isRequired, type Shape} from '../../src/local/shape.ts';
import {openState, type State} from '../../src/local/state.ts';
import {openBench} from './harness.ts';

/**
 * Every action that an operation asks for is one that AWS knows, and `*` is asked for only where AWS knows no resource:
 * a misspelt action would be denied for ever, and a needless `*` would demand a wildcard of every role.
 */
let folder: string;
let state: State;
let assembly: Assembly;
const asked: {readonly operation: string; readonly requests: readonly PermissionRequest[]}[] = [];
const notAsked: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gear-actions-'));
  state = openState(folder);
  assembly = assemble({
    state,
    clock: systemClock,
    account: '000000000000',
    region: 'us-east-1',
    endpoint: () => 'http://127.0.0.1:4566',
    log: () => {},
  });
  const bench = openBench();
  for (const service of assembly.services)
    for (const operation of service.operations) {
      const name = `${service.name}:${operation.name}`;
      try {
        const requests = operation.permissions(sample(operation.input), bench.context(), service.store);
        asked.push({operation: name, requests});
      } catch {
        notAsked.push(name);
      }
    }
  await bench.close();
});

afterAll(async () => {
  await assembly.quiesce();
  await assembly.close();
  state.close();
  rmSync(folder, {recursive: true, force: true});
});

/** An input with every member that the shape has. */
// biome-ignore lint/suspicious/noExplicitAny: the shape decides at run time what this is
function sample(shape: Shape): any {
  switch (shape.kind) {
    case 'string':
      return 'orders';
    case 'integer':
    case 'double':
      return 1;
    case 'boolean':
      return true;
    case 'timestamp':
      return new Date(0);
    case 'blob':
      return new Uint8Array();
    case 'stream':
    case 'document':
      return {};
    case 'list':
      return [sample(shape.member)];
    case 'map':
      return {orders: sample(shape.value)};
    case 'structure':
      return Object.fromEntries(
        Object.entries(shape.members).map(([key, member]) => [
          key,
          sample(isRequired(member) ? (member.required as Shape) : member),
        ]),
      );
  }
}

test('nearly every operation answers for an input that only has the right shape', () => {
  expect(asked.length).toBeGreaterThan(180);
  // Their input must name one thing or the other, or a thing that is there; tests of their own cover them.
  expect(notAsked.sort()).toEqual([
    'kms:RetireGrant',
    'logs:DescribeLogStreams',
    'logs:FilterLogEvents',
    'logs:GetLogEvents',
    'logs:GetQueryResults',
    'logs:StartQuery',
    's3:CopyObject',
    'sqs:CancelMessageMoveTask',
  ]);
});

test('AWS knows every action that is asked for', () => {
  const unknown = asked.flatMap(({operation, requests}) =>
    requests.filter(({action}) => !isKnownAction(action)).map(({action}) => `${operation} asks for ${action}`),
  );
  expect(unknown).toEqual([]);
});

test('an action is asked for on * only where AWS knows no resource', () => {
  const needless = asked.flatMap(({operation, requests}) =>
    requests
      .filter(({action, resource}) => resource === '*' && describeAction(action)?.class === 'restrictable')
      .map(({action}) => `${operation} asks for ${action} on *`),
  );
  expect(needless).toEqual([]);
});
