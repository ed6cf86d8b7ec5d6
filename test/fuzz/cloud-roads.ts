import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {parseAllDocuments} from 'yaml';
import {assemble} from '../../src/local/assemble.ts';
import type {Operation} from '../../src/local/operation.ts';
import {notImplemented, ServiceError} from '../../src/local/service-error.ts';
import type {Shape} from '../../src/local/shape.ts';
import {openState} from '../../src/local/state.ts';
import {decodeJson} from '../../src/local/wire/decode-json.ts';
import {developer, manualClock} from '../local/harness.ts';
import type {Road} from './road.ts';

/** What clients and stacks ask of the embedded AWS: calls that succeed one after the other, in a file for each subject. */
export const cloudRoads: readonly Road[] = [
  {
    name: 'calls of the embedded AWS',
    seeds: callFiles(),
    share: 0.1,
    json: JSON.parse,
    follow: callAll,
  },
];

function callFiles(): readonly string[] {
  const folder = join(import.meta.dirname, 'calls');
  return readdirSync(folder)
    .sort()
    .flatMap(name => parseAllDocuments(readFileSync(join(folder, name), 'utf8')))
    .map(document => JSON.stringify(document.toJS()));
}

type Call = readonly [service: string, operation: string, input: unknown];

/** A bug is thrown as what it is; so is one that came of what was called, when its time comes. */
async function callAll(text: string, folder: string): Promise<void> {
  const state = openState(folder);
  const clock = manualClock();
  const said: string[] = [];
  const place = {account: '000000000000', region: 'us-east-1', endpoint: () => 'http://127.0.0.1:4566'};
  const cloud = assemble({state, clock, ...place, log: line => said.push(line)});
  const ask = (service: string, name: string, input: object) => cloud.access.call(developer, service, name, input);
  try {
    for (const [service, name, given] of callsIn(text)) {
      const operation = cloud.services.find(each => each.name === service)?.operations.find(each => each.name === name);
      try {
        await ask(service, name, inputOf(operation, given));
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
      }
      await clock.advance(1000);
    }
    await clock.advance(120_000);
    said.push(...(await stackReasons(ask)));
  } finally {
    await cloud.quiesce();
    await cloud.close();
    state.close();
  }
  const bug = said.find(line => /\b(Type|Range|Reference|Syntax)?Error: /.test(line));
  if (bug !== undefined) throw new Error(bug);
}

/** A stack tells of a bug as of any other failure. */
async function stackReasons(ask: (service: string, name: string, input: object) => Promise<unknown>) {
  const {StackSummaries} = (await ask('cloudformation', 'ListStacks', {})) as {StackSummaries: {StackId: string}[]};
  const read = StackSummaries.map(({StackId}) => ask('cloudformation', 'DescribeStackEvents', {StackName: StackId}));
  const pages = (await Promise.all(read)) as {StackEvents: {ResourceStatusReason?: string}[]}[];
  return pages.flatMap(({StackEvents}) => StackEvents.map(({ResourceStatusReason = ''}) => ResourceStatusReason));
}

function callsIn(text: string): readonly Call[] {
  try {
    const calls: unknown = JSON.parse(text);
    return Array.isArray(calls) ? calls.filter(Array.isArray).map(([a, b, c]) => [String(a), String(b), c]) : [];
  } catch {
    return [];
  }
}

/** Texts that hold JSON, such as policies, stand as what they hold, so that they are damaged in their structure. */
function inputOf(operation: Operation<never> | undefined, given: unknown): object {
  if (operation === undefined) throw notImplemented('it');
  const place = {operation: operation.name, path: '', invalidCode: 'ValidationException'};
  return decodeJson(operation.input, withTexts(operation.input, given), place) as object;
}

function withTexts(shape: Shape, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (shape.kind === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return shape.kind === 'list' ? value.map(item => withTexts(shape.member, item)) : value;
  const shapeOf = (name: string): Shape | undefined => {
    if (shape.kind === 'map') return shape.value;
    const member = shape.kind === 'structure' && Object.hasOwn(shape.members, name) ? shape.members[name] : undefined;
    return member !== undefined && 'required' in member ? member.required : member;
  };
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const own = shapeOf(name);
      return [name, own === undefined ? member : withTexts(own, member)];
    }),
  );
}
