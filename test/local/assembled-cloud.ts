import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {onTestFinished} from 'vitest';
import {type AssembleOptions, assemble} from '../../src/local/assemble.ts';
import type {AssumedRole, Caller} from '../../src/local/caller.ts';
import {openState} from '../../src/local/state.ts';
import {developer, manualClock} from './harness.ts';

export const account = '000000000000';
const region = 'us-east-1';
export const arnOf = (service: string, name: string) => `arn:aws:${service}:${region}:${account}:${name}`;
export const roleArn = (name: string) => `arn:aws:iam::${account}:role/${name}`;

export function policy(...statements: object[]): string {
  return JSON.stringify({Version: '2012-10-17', Statement: statements});
}

/** The code and message that a call is refused with. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'it was allowed',
    (error: {code?: string; message: string}) => `${error.code}: ${error.message}`,
  );
}

export type AssembledCloud = ReturnType<typeof assembledCloud>;

/** Every service with authorisation before it, on a clock that is moved by hand; no wire. It ends with the test. */
export function assembledCloud(options: Partial<AssembleOptions> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'gear-assembled-'));
  const clock = manualClock();
  const warnings: string[] = [];
  const start = () => {
    const state = openState(folder);
    const assembly = assemble({
      state,
      clock,
      account,
      region,
      endpoint: () => 'http://127.0.0.1:4566',
      log: line => warnings.push(line),
      ...options,
    });
    const stop = async () => {
      await assembly.quiesce();
      await assembly.close();
      state.close();
    };
    return {assembly, stop};
  };
  let running = start();
  onTestFinished(async () => {
    await running.stop();
    rmSync(folder, {recursive: true, force: true});
  });
  const call = <T = Record<string, unknown>>(service: string, operation: string, input: object = {}, as?: Caller) =>
    running.assembly.access.call<T>(as ?? developer, service, operation, input);

  /** A role that a service assumes, with one inline policy that allows these, or does what they say. */
  async function roleFor(service: string, roleName: string, ...statements: object[]): Promise<AssumedRole> {
    const trust = {Effect: 'Allow', Principal: {Service: service}, Action: 'sts:AssumeRole'};
    await call('iam', 'CreateRole', {RoleName: roleName, AssumeRolePolicyDocument: policy(trust)});
    if (statements.length > 0)
      await call('iam', 'PutRolePolicy', {
        RoleName: roleName,
        PolicyName: 'inline',
        PolicyDocument: policy(...statements.map(statement => ({Effect: 'Allow', ...statement}))),
      });
    const arn = `arn:aws:sts::${account}:assumed-role/${roleName}/i-1`;
    return {kind: 'role', roleArn: roleArn(roleName), roleName, sessionName: 'i-1', arn};
  }

  return {
    call,
    clock,
    folder,
    warnings,
    roleFor,
    /** The role of a function. */
    role: (roleName: string, ...statements: object[]) => roleFor('lambda.amazonaws.com', roleName, ...statements),
    /** Who asked for an action, and what the answer was. */
    decisions: (action: string) =>
      running.assembly.access.record
        .decisions({limit: 1000})
        .map(({entry}) => entry)
        .filter(entry => entry.action === action),
    /** What was allowed or denied of a role, as `action resource`. */
    used: ({roleArn}: AssumedRole) =>
      running.assembly.access.record
        .usageOf(roleArn)
        .map(({action, allowed, denied}) => `${action} ${allowed} allowed, ${denied} denied`),
    async restart(meanwhile: () => Promise<void> = async () => {}) {
      await running.stop();
      await meanwhile();
      running = start();
    },
    /** A queue that lets a service in, for what `sourceArn` says when it is given. */
    async queue(name: string, principal?: string, sourceArn?: string) {
      const statement = {
        Effect: 'Allow',
        Principal: {Service: principal},
        Action: 'sqs:SendMessage',
        Resource: arnOf('sqs', name),
        ...(sourceArn !== undefined && {Condition: {ArnEquals: {'aws:SourceArn': sourceArn}}}),
      };
      const Attributes = principal === undefined ? {} : {Policy: policy(statement)};
      await call('sqs', 'CreateQueue', {QueueName: name, Attributes});
      return arnOf('sqs', name);
    },
    /** What lies in a queue, taken out of it. */
    async messages(name: string) {
      await clock.advance(0);
      const QueueUrl = `/${account}/${name}`;
      const {Messages = []} = await call<{Messages?: ReceivedMessage[]}>('sqs', 'ReceiveMessage', {
        QueueUrl,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ['All'],
      });
      for (const {ReceiptHandle} of Messages) await call('sqs', 'DeleteMessage', {QueueUrl, ReceiptHandle});
      return Messages;
    },
  };
}

interface ReceivedMessage {
  readonly Body: string;
  readonly ReceiptHandle: string;
  readonly MessageAttributes?: Readonly<Record<string, {StringValue?: string; DataType: string}>>;
}
