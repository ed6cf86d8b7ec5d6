import {readdirSync, readFileSync} from 'node:fs';
import type {StackEvent as AwsStackEvent} from '@aws-sdk/client-cloudformation';
import {expect, test} from 'vitest';
import type {AwsClients} from '../../src/aws/clients.ts';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import type {DeployEvent} from '../../src/deploy/events.ts';
import {deploymentFailed} from '../../src/deploy/explain-failure.ts';
import {latestAttempt} from '../../src/deploy/latest-attempt.ts';
import {advance, notStarted} from '../../src/deploy/progress.ts';
import {watchStack} from '../../src/deploy/watch-stack.ts';
import {eventLine, type Paint} from '../../src/report/deploy.ts';

/** What DescribeStackEvents answered once a deployment had settled, for the stack and those nested in it. */
interface Recording {
  readonly changes: readonly {action: string; logicalId: string; resourceType: string; replacement: undefined}[];
  readonly status: string;
  readonly reason?: string;
  /** The newest event before the deployment. */
  readonly after: string;
  readonly stacks: Readonly<Record<string, readonly AwsStackEvent[]>>;
}

const folder = new URL('recordings/', import.meta.url);
const names = readdirSync(folder).flatMap(file => (file.endsWith('.json') ? [file.slice(0, -5)] : []));
const template = parseTemplate(readFileSync(new URL('template.yaml', folder), 'utf8'), 'template.yaml');
const plain = new Proxy({}, {get: () => (text: string) => text}) as Paint;

function read(name: string): Recording {
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'), (key, value) =>
    key === 'Timestamp' ? new Date(value) : value,
  );
}

const nothingOlder = '';

/** A stack whose events come two in a page, and become known over some polls. */
async function watch({stacks, status, reason, after}: Recording, pace = 4) {
  const [stackId = ''] = Object.keys(stacks);
  const end = stacks[stackId]!.length;
  let polls = 0;
  const cloudFormation = {
    async describeStacks() {
      const settled = ++polls * pace >= end;
      return {
        Stacks: [{StackId: stackId, StackStatus: settled ? status : 'UPDATE_IN_PROGRESS', StackStatusReason: reason}],
      };
    },
    async describeStackEvents({StackName, NextToken = '0'}: {StackName: string; NextToken?: string}) {
      const known = polls * pace;
      const all = stacks[StackName]!;
      const events = StackName === stackId ? all.slice(Math.max(0, all.length - known - 1)) : all;
      const from = Number(NextToken);
      return {
        StackEvents: events.slice(from, from + 2),
        ...(from + 2 < events.length ? {NextToken: String(from + 2)} : {}),
      };
    },
  };
  const clients = {cloudFormation: async () => cloudFormation} as unknown as AwsClients;
  const told: DeployEvent[] = [];
  const run = await watchStack(clients, stackId, {
    after: after === nothingOlder ? undefined : after,
    pollMilliseconds: 1,
    onEvent: event => void told.push(event),
  });
  return {...run, told};
}

test.each(names)('%s is told as it was', async name => {
  const recording = read(name);
  const run = await watch(recording);
  let progress = recording.changes.reduce((before, change) => advance(before, {type: 'change', ...change}), notStarted);
  const lines = run.told.flatMap(event => {
    progress = advance(progress, event);
    return eventLine(event, progress, plain) ?? [];
  });
  const {done, total, rollingBack} = progress;
  const count = `${done} of ${total} resources${rollingBack ? ', rolled back' : ''}`;
  const end = /^(CREATE|UPDATE)_COMPLETE$/.test(run.stack.status) ? run.stack.status : failure(run);
  await expect(`${[...lines, count, end].join('\n')}\n`).toMatchFileSnapshot(`recordings/${name}.txt`);
});

function failure(run: Parameters<typeof deploymentFailed>[1]): string {
  const {message, suggestions} = deploymentFailed({stackName: 'orders', template}, run);
  return [`Error: ${message}`, ...suggestions.map(suggestion => `  Try: ${suggestion}`)].join('\n');
}

test.each(names)(
  '%s has the same cause when it is looked at afterwards, among everything the stack has seen',
  async name => {
    const recording = read(name);
    const {stack, events} = await watch(recording);
    const {events: all} = await watch({...recording, after: nothingOlder}, Number.POSITIVE_INFINITY);
    const [first] = events;
    expect(first?.reason).toMatch(/^User Initiated$/);
    expect(latestAttempt(all).map(({id}) => id)).toEqual(events.map(({id}) => id));
    expect(stack.status).toBe(recording.status);
  },
);
