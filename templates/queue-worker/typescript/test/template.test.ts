import {existsSync, readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {parse} from 'yaml';

/** The promises of this service's template, so that a change which breaks one is seen before it is deployed. */
const folder = new URL('../', import.meta.url);
const template = readTemplate(readFileSync(new URL('template.yaml', folder), 'utf8'));
const functions = ofType('AWS::Lambda::Function');
const roles = ofType('AWS::IAM::Role');
const queues = ofType('AWS::SQS::Queue');
const mappings = ofType('AWS::Lambda::EventSourceMapping');

describe('each function', () => {
  it.each(functions)('%s has a role of its own, and an entry point that exists', (_, {Properties, Metadata}) => {
    const role = getAtt(Properties.Role);
    expect(functions.filter(([, other]) => getAtt(other.Properties.Role) === role)).toHaveLength(1);
    expect(existsSync(new URL(Metadata.Gear.Entry, folder))).toBe(true);
  });

  it.each(functions)('%s writes to a log group that forgets', (_, {Properties}) => {
    expect(template[Properties.LoggingConfig.LogGroup.Ref]?.Properties.RetentionInDays).toBeGreaterThan(0);
  });
});

describe('each role', () => {
  it.each(roles)('%s is there for one thing, whose service alone can assume it', (name, {Properties}) => {
    const users = Object.values(template).filter(other => JSON.stringify(other).includes(`{"GetAtt":"${name}.Arn"}`));
    expect(users).toHaveLength(1);
    expect(Properties.AssumeRolePolicyDocument.Statement).toMatchObject([
      {Effect: 'Allow', Principal: {Service: assumedBy[users[0]!.Type]}, Action: 'sts:AssumeRole'},
    ]);
  });

  it.each(statements())('$role names the actions and the resource of $sid', ({actions, resource}) => {
    expect(actions.filter(action => action.includes('*'))).toEqual([]);
    // X-Ray and network interfaces have no resources that could be named.
    if (!actions.every(action => /^(xray|ec2):/.test(action))) expect(resource).not.toBe('*');
  });

  it('stands in the README with what it may do, and with nothing else', () => {
    const described = [...readFileSync(new URL('README.md', folder), 'utf8').matchAll(permissionRow)].map(
      ([, role, sid, actions, resource]) => ({
        role,
        sid,
        actions: actions!.split(',').map(action => action.replaceAll('`', '').trim()),
        resource,
      }),
    );
    expect(described).toEqual(statements());
  });
});

describe('each queue', () => {
  it('gives up on a message after at least five receives, or is the end of the road', () => {
    const polled = mappings.map(([, {Properties}]) => getAtt(Properties.EventSourceArn));
    const ends = queues.filter(([, {Properties}]) => Properties.RedrivePolicy === undefined);
    expect(ends.filter(([name]) => polled.includes(name))).toEqual([]);
    for (const [, {Properties}] of queues)
      expect(Properties.RedrivePolicy?.maxReceiveCount ?? 5).toBeGreaterThanOrEqual(5);
  });

  const onQueues = mappings.filter(
    ([, {Properties}]) => template[getAtt(Properties.EventSourceArn)]?.Type === 'AWS::SQS::Queue',
  );

  it.each(onQueues)('of %s hides a message for six timeouts, and takes partial answers', (_, {Properties}) => {
    const queue = template[getAtt(Properties.EventSourceArn)];
    const consumer = functionBehind(Properties.FunctionName.Ref);
    expect(queue?.Properties.VisibilityTimeout).toBeGreaterThanOrEqual(6 * consumer?.Properties.Timeout);
    expect(Properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
  });

  it.each(queues)('%s is encrypted and refuses plain HTTP', (name, {Properties}) => {
    expect(Properties.SqsManagedSseEnabled).toBe(true);
    const policies = ofType('AWS::SQS::QueuePolicy').filter(([, policy]) => policy.Properties.Queues[0].Ref === name);
    const sids = policies.flatMap(([, policy]) =>
      policy.Properties.PolicyDocument.Statement.map(({Sid}: {Sid: string}) => Sid),
    );
    expect(sids).toContain('TlsOnly');
  });
});

/** By the type of what has a role, the service that assumes it. */
const assumedBy: Readonly<Record<string, string>> = {
  'AWS::CodeDeploy::DeploymentGroup': 'codedeploy.amazonaws.com',
  'AWS::Lambda::Function': 'lambda.amazonaws.com',
  'AWS::Scheduler::Schedule': 'scheduler.amazonaws.com',
};

/** Resources have as many shapes as types; a test that reaches for what is not there fails by itself. */
interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: see above
  readonly Properties: any;
  // biome-ignore lint/suspicious/noExplicitAny: see above
  readonly Metadata: any;
}

const permissionRow = /^\| *`([\w-]+)` *\| *(\w+) *\| *(`.+?`) *\| *`(.+?)` *\|/gm;

function statements(): {role: string; sid: string; actions: string[]; resource: string}[] {
  return roles.flatMap(([, {Properties}]) =>
    Properties.Policies.flatMap(
      ({PolicyName, PolicyDocument}: {PolicyName: string; PolicyDocument: {Statement: Statement[]}}) =>
        PolicyDocument.Statement.map(({Sid, Action, Resource}) => ({
          role: PolicyName,
          sid: Sid,
          actions: Action,
          resource:
            typeof Resource === 'object' && 'Sub' in Resource
              ? Resource.Sub.replace(/\$\{(\w+)\.Arn\}/, '$1')
              : getAtt(Resource),
        })),
    ),
  );
}

interface Statement {
  readonly Sid: string;
  readonly Action: string[];
  readonly Resource: {readonly GetAtt: string} | {readonly Sub: string};
}

/** The function itself, or that of an alias. */
function functionBehind(name: string): Resource | undefined {
  const resource = template[name];
  return resource?.Type === 'AWS::Lambda::Alias' ? template[resource.Properties.FunctionName.Ref] : resource;
}

function getAtt(value: unknown): string {
  const {GetAtt, Ref} = value as {GetAtt?: string; Ref?: string};
  return String(GetAtt ?? Ref ?? value).replace(/\.Arn$/, '');
}

function ofType(type: string): [string, Resource][] {
  return Object.entries(template).filter(([, resource]) => resource.Type === type);
}

/** `!GetAtt X.Arn` is read as `{GetAtt: 'X.Arn'}`, and so on. */
function readTemplate(text: string): Record<string, Resource> {
  const tag = (name: string) => ({tag: `!${name}`, resolve: (value: string) => ({[name]: value})});
  const customTags = [...['Ref', 'GetAtt', 'Sub'].map(tag), ...['If', 'Not', 'Equals', 'Select', 'Split'].map(listTag)];
  return parse(text, {customTags}).Resources;
}

function listTag(name: string) {
  return {tag: `!${name}`, collection: 'seq' as const};
}
