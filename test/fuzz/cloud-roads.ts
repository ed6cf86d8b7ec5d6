import {readdirSync, readFileSync} from 'node:fs';
import {validateHeaderValue} from 'node:http';
import {join} from 'node:path';
import {Readable} from 'node:stream';
import {parseAllDocuments} from 'yaml';
import {assemble} from '../../src/local/assemble.ts';
import type {Operation} from '../../src/local/operation.ts';
import {ServiceError} from '../../src/local/service-error.ts';
import type {Shape} from '../../src/local/shape.ts';
import {openState} from '../../src/local/state.ts';
import {decodeJson} from '../../src/local/wire/decode-json.ts';
import {jsonProtocol} from '../../src/local/wire/protocols/json.ts';
import {queryProtocol} from '../../src/local/wire/protocols/query.ts';
import {restJsonProtocol} from '../../src/local/wire/protocols/rest-json.ts';
import {restXmlProtocol} from '../../src/local/wire/protocols/rest-xml.ts';
import {readTarget} from '../../src/local/wire/request.ts';
import {developer, manualClock} from '../local/harness.ts';
import type {Road} from './road.ts';

/** What clients and stacks ask of the embedded AWS: what succeeds one after the other, in a file for each subject. */
export const cloudRoads: readonly Road[] = [
  {
    name: 'calls of the embedded AWS',
    seeds: filesIn('calls'),
    share: 0.1,
    json: JSON.parse,
    follow: (text, folder) => askAll(text, folder, callOne),
  },
  {
    name: 'requests of its clients',
    seeds: filesIn('requests'),
    share: 0.1,
    json: JSON.parse,
    follow: (text, folder) => askAll(text, folder, requestOne),
  },
];

function filesIn(name: string): readonly string[] {
  const folder = join(import.meta.dirname, name);
  return readdirSync(folder)
    .sort()
    .flatMap(file => parseAllDocuments(readFileSync(join(folder, file), 'utf8')))
    .map(document => JSON.stringify(document.toJS()));
}

type Cloud = ReturnType<typeof assemble>;

/** A bug is thrown as what it is; so is one that came of what was asked, when its time comes. */
async function askAll(
  text: string,
  folder: string,
  askOne: (cloud: Cloud, asked: readonly unknown[]) => Promise<void>,
): Promise<void> {
  const state = openState(folder);
  const clock = manualClock();
  const said: string[] = [];
  const place = {account: '000000000000', region: 'us-east-1', endpoint: () => 'http://127.0.0.1:4566'};
  const cloud = assemble({state, clock, ...place, log: line => said.push(line)});
  try {
    for (const asked of listIn(text)) {
      try {
        await askOne(cloud, asked);
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
      }
      await clock.advance(1000);
    }
    await clock.advance(120_000);
    said.push(...(await stackReasons(cloud)));
  } finally {
    await cloud.quiesce();
    await cloud.close();
    state.close();
  }
  const bug = said.find(line => /\b(Type|Range|Reference|Syntax)?Error: /.test(line));
  if (bug !== undefined) throw new Error(bug);
}

/** `[sqs, CreateQueue, {QueueName: orders}]`. */
async function callOne({services, access}: Cloud, [service, name, given]: readonly unknown[]): Promise<void> {
  const operation = services.find(each => each.name === service)?.operations.find(each => each.name === name);
  if (operation !== undefined)
    await access.call(developer, service as string, operation.name, inputOf(operation, given));
}

/** `[s3, PUT, /bucket?tagging, {x-amz-tagging: a}, <body/>]`, with nobody's signature. */
async function requestOne({services, access}: Cloud, asked: readonly unknown[]): Promise<void> {
  const [name, method, url, headers, body] = asked;
  const service = services.find(each => each.name === name);
  if (service === undefined || typeof method !== 'string' || typeof url !== 'string') return;
  const given = Object.entries((headers ?? {}) as object).filter(([, value]) => typeof value === 'string');
  const request = {
    id: 'a',
    method,
    ...readTarget(url),
    headers: Object.fromEntries(given),
    message: undefined as never,
  };
  const bytes = Buffer.from(typeof body === 'string' ? body : (JSON.stringify(body) ?? ''));
  const protocol = protocols[service.protocol.kind];
  const call = await protocol.read(request, [service], {
    bytes: async () => bytes,
    stream: () => Object.assign(Readable.from([bytes]), {trailers: new Map()}),
  });
  const output = await access.call(developer, call.service.name, call.operation.name, call.input);
  for (const [header, value] of Object.entries(protocol.answer(call, output, request).headers))
    validateHeaderValue(header, value);
}

const protocols = {
  json: jsonProtocol,
  query: queryProtocol,
  'rest-json': restJsonProtocol(),
  'rest-xml': restXmlProtocol(),
};

/** A stack tells of a bug as of any other failure. */
async function stackReasons({access}: Cloud): Promise<readonly string[]> {
  const ask = <T>(name: string, input: object) => access.call<T>(developer, 'cloudformation', name, input);
  const {StackSummaries} = await ask<{StackSummaries: {StackId: string}[]}>('ListStacks', {});
  const pages = await Promise.all(
    StackSummaries.map(({StackId}) =>
      ask<{StackEvents: {ResourceStatusReason?: string}[]}>('DescribeStackEvents', {StackName: StackId}),
    ),
  );
  return pages.flatMap(({StackEvents}) => StackEvents.map(({ResourceStatusReason = ''}) => ResourceStatusReason));
}

/** Nothing is asked in what is no JSON any more. */
function listIn(text: string): readonly (readonly unknown[])[] {
  try {
    const asked: unknown = JSON.parse(text);
    return Array.isArray(asked) ? asked.filter(Array.isArray) : [];
  } catch {
    return [];
  }
}

/** Texts that hold JSON, such as policies, stand as what they hold, so that they are damaged in their structure. */
function inputOf(operation: Operation<never>, given: unknown): object {
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
