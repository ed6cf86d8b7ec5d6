import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {assemble} from '../../src/local/assemble.ts';
import type {AssumedRole, Caller} from '../../src/local/caller.ts';
import {openState} from '../../src/local/state.ts';
import {developer, manualClock} from './harness.ts';

export const account = '000000000000';

export type AssembledCloud = Awaited<ReturnType<typeof openAssembledCloud>>;

/** Every service, with access in front of them and a clock that the test moves; no wire. */
export async function openAssembledCloud() {
  const folder = mkdtempSync(join(tmpdir(), 'gear-assembled-'));
  const clock = manualClock();
  let state = openState(folder);
  const open = () =>
    assemble({state, clock, account, region: 'us-east-1', endpoint: () => 'http://127.0.0.1:4566', log: () => {}});
  let cloud = open();
  const stop = async () => {
    await cloud.quiesce();
    await cloud.close();
    state.close();
  };
  const call = <T = Record<string, unknown>>(
    service: string,
    operation: string,
    input: object = {},
    caller: Caller = developer,
  ) => cloud.access.call<T>(caller, service, operation, input);
  return {
    clock,
    folder,
    call,
    /** Makes a role with one inline policy of these statements. */
    async role(roleName: string, ...Statement: object[]): Promise<AssumedRole> {
      const trust = {Effect: 'Allow', Principal: {Service: 'lambda.amazonaws.com'}, Action: 'sts:AssumeRole'};
      const text = (statements: object[]) => JSON.stringify({Version: '2012-10-17', Statement: statements});
      await call('iam', 'CreateRole', {RoleName: roleName, AssumeRolePolicyDocument: text([trust])});
      if (Statement.length > 0)
        await call('iam', 'PutRolePolicy', {
          RoleName: roleName,
          PolicyName: 'inline',
          PolicyDocument: text(Statement),
        });
      const arn = `arn:aws:sts::${account}:assumed-role/${roleName}/i-1`;
      return {kind: 'role', roleArn: `arn:aws:iam::${account}:role/${roleName}`, roleName, sessionName: 'i-1', arn};
    },
    /** What was allowed or denied of a role, as `action resource`. */
    used: ({roleArn}: AssumedRole) =>
      cloud.access.record
        .usageOf(roleArn)
        .map(({action, allowed, denied}) => `${action} ${allowed} allowed, ${denied} denied`),
    async restart(): Promise<void> {
      await stop();
      state = openState(folder);
      cloud = open();
    },
    async close(): Promise<void> {
      await stop();
      rmSync(folder, {recursive: true, force: true});
    },
  };
}

/** The code and message that a call is refused with. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'it was allowed',
    (error: {code?: string; message: string}) => `${error.code}: ${error.message}`,
  );
}
