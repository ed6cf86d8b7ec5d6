import {overlapsResource} from '../../../iam/match.ts';
import type {EventSourceKind} from '../../../model/event-source.ts';
import type {ExecutionRole} from '../../../model/execution-role.ts';
import type {Inventory} from '../../../model/inventory.ts';
import type {LambdaFunction} from '../../../model/lambda-function.ts';
import type {Origin} from '../../../model/origin.ts';
import {asWritten, isUnresolved, type Resolvable} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';
import {grantsFinder, opaquePolicy, openGrant} from '../../grants.ts';
import {mappingsOf, policiesOf, roleOf} from '../../relations.ts';

export default defineRule({
  id: 'iam/missing-permission',
  subject: 'function',
  severity: 'high',
  title: 'A role does not allow what Lambda does with it',
  why: 'Lambda writes logs, polls sources and delivers failures as the role of the function: without the permission the deployment fails, or failures vanish.',
  remedy: 'Allow the actions on the resource that the message names.',
  since: '0.1.0',
  examples: {
    bad: 'DeadLetterConfig: {TargetArn: !GetAtt Failed.Arn}   # and no sqs:SendMessage in the role',
    good: 'Action: sqs:SendMessage\nResource: !GetAtt Failed.Arn',
  },
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html',
  *check(fn, {inventory}) {
    const role = roleOf(fn, inventory);
    // The reader has told of a policy, or of all roles, that it could not read.
    const told = inventory.unread.some(({rule}) => rule === 'iam/*');
    if (role === undefined) {
      if (!told) yield {unknown: 'its role is not in what was read'};
      return;
    }
    const grantsFor = grantsFinder(role, inventory);
    const opaque = opaquePolicy(role, inventory);
    for (const {what, actions, resource, severity, origin} of needsOf(fn, role, inventory)) {
      if (isUnresolved(resource)) continue;
      const missing = actions.filter(
        action => !grantsFor(action).some(grant => overlapsResource(openly(grant.resource), openly(resource))),
      );
      if (missing.length === 0) continue;
      if ((opaque !== undefined && told) || isToldOf(role, inventory)) return;
      const open = missing.map(action => openGrant(role, inventory, action)).find(unknown => unknown !== undefined);
      if (opaque !== undefined) yield {unknown: `what ${opaque} allows is not known`, origin: role.origin};
      else if (open !== undefined)
        yield {
          unknown: `it ${what}, and whether its role allows ${missing.join(', ')} on ${resource} is not known: ${open.reason}`,
          origin: role.origin,
        };
      else
        yield {
          message: `${fn.name} ${what}, and its role does not allow ${missing.join(', ')} on ${resource}`,
          resource: role.name,
          origin: origin ?? role.origin,
          ...(severity === undefined ? {} : {severity}),
          evidence: {action: missing.join(' + '), resource},
        };
    }
  },
});

/** Of a statement of the role that the reader could not read it has told itself. */
function isToldOf(role: ExecutionRole, inventory: Inventory): boolean {
  const places = [role.name, ...policiesOf(role, inventory).map(({resource}) => resource)];
  return inventory.unread.some(({rule, resource}) => rule === 'iam/*' && places.includes(resource));
}

interface Need {
  /** After the function's name. */
  readonly what: string;
  readonly actions: readonly string[];
  readonly resource: Resolvable<string>;
  readonly severity?: 'medium';
  readonly origin?: Origin;
}

function needsOf(fn: LambdaFunction, role: ExecutionRole, inventory: Inventory): readonly Need[] {
  const {logGroup, deadLetterQueue, onFailureDestination} = fn;
  const logs: Need = {
    what: 'writes logs',
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resource: isUnresolved(logGroup) ? logGroup : `arn:aws:logs:*:*:log-group:${logGroup}:*`,
    severity: 'medium',
  };
  const sources = mappingsOf(fn, inventory).flatMap(({kind, sourceArn, origin}): Need[] => {
    const actions = isConsumer(sourceArn) ? ['kinesis:SubscribeToShard'] : polling[kind];
    return actions === undefined
      ? []
      : [{what: `is fed by ${asWritten(sourceArn)}`, actions, resource: sourceArn, origin}];
  });
  // The role that SAM makes gets these by itself.
  const failures = isMadeBySam(fn, role)
    ? []
    : [deadLetterQueue, onFailureDestination]
        .filter(target => target !== undefined)
        .flatMap(target => {
          const action = isUnresolved(target) ? undefined : delivering.find(([arn]) => arn.test(target))?.[1];
          return action === undefined
            ? []
            : [{what: `gives its failures to ${asWritten(target)}`, actions: [action], resource: target}];
        });
  return [logs, ...sources, ...failures];
}

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html */
const polling: Readonly<Partial<Record<EventSourceKind, readonly string[]>>> = {
  sqs: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  kinesis: ['kinesis:GetRecords', 'kinesis:GetShardIterator'],
  dynamodb: ['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream'],
};

/** With enhanced fan-out the records are pushed, to a consumer of the stream. */
function isConsumer(sourceArn: Resolvable<string>): boolean {
  return !isUnresolved(sourceArn) && /:stream\/.+\/consumer\//.test(sourceArn);
}

const delivering: readonly (readonly [RegExp, string])[] = [
  [/^arn:[^:]*:sqs:/, 'sqs:SendMessage'],
  [/^arn:[^:]*:sns:/, 'sns:Publish'],
  [/^arn:[^:]*:lambda:/, 'lambda:InvokeFunction'],
  [/^arn:[^:]*:events:/, 'events:PutEvents'],
];

function isMadeBySam({origin}: LambdaFunction, role: ExecutionRole): boolean {
  return 'file' in origin && JSON.stringify(origin) === JSON.stringify(role.origin);
}

/** A placeholder may stand for anything: what is named by one is not called missing. */
function openly(resource: string): string {
  return /^\$\{[^}]*\}$/.test(resource) ? '*' : resource.replaceAll(/\$\{(AWS::[^}]*)\}/g, '*');
}
