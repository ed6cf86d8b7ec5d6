import type {MetricAlarm} from '@aws-sdk/client-cloudwatch';
import type {FunctionConfiguration} from '@aws-sdk/client-lambda';
import type {EventSourceMapping} from '../../model/event-source.ts';
import type {IdentityPolicy} from '../../model/execution-role.ts';
import type {Inventory} from '../../model/inventory.ts';
import type {LambdaFunction} from '../../model/lambda-function.ts';
import {isUnresolved} from '../../model/resolvable.ts';
import type {ResourcePolicy} from '../../model/resource-policy.ts';
import type {AccountCalls} from './account-calls.ts';
import {readCapacity} from './capacity.ts';
import {deliveriesOf, readEventRules} from './event-rules.ts';
import {inBatches} from './in-batches.ts';
import {namedArns} from './named-arns.ts';
import {readNetwork} from './network.ts';
import {bucketName, readPoliciesAround} from './policies-around.ts';
import {readProvisioned} from './provisioned.ts';
import {readQueuesAround} from './queues.ts';
import type {Reading} from './reading.ts';
import {sendersTo, takesFromAny} from './senders.ts';
import {readTables} from './tables.ts';
import {readTopics} from './topics.ts';
import {triggersInDetail} from './triggers-in-detail.ts';

interface Seen {
  readonly configurations: readonly FunctionConfiguration[];
  readonly functions: readonly LambdaFunction[];
  /** Of the functions: who may invoke them. */
  readonly functionPolicies: readonly ResourcePolicy[];
  readonly policies: readonly IdentityPolicy[];
  readonly mappings: readonly EventSourceMapping[];
  readonly alarms: readonly MetricAlarm[];
}

type Surroundings = Required<
  Pick<
    Inventory,
    | 'functions'
    | 'queues'
    | 'resourcePolicies'
    | 'tables'
    | 'deliveries'
    | 'subnets'
    | 'vpcEndpoints'
    | 'securityGroups'
  >
> &
  Pick<Inventory, 'codeStorage'>;

/** What functions are tied to, by their sources, policies and networks. Nothing else of an account is asked for. */
export async function readSurroundings(calls: AccountCalls, seen: Seen, reading: Reading): Promise<Surroundings> {
  const {configurations, functions, functionPolicies, policies, mappings} = seen;
  const named = namedArns(functions, policies, reading);
  const ofService = (service: string) => [...new Set(named)].filter(arn => arn.split(':')[2] === service);
  const sendersToFunctions = (service: string) => functionPolicies.flatMap(policy => sendersTo(policy, service));
  const names = functions.map(({name}) => name);
  const buckets = unique(sendersToFunctions('s3.amazonaws.com')).filter(arn => arn.startsWith('arn:'));
  const [queues, otherPolicies, notifications, tables, network, capacity, provisioned] = await Promise.all([
    readQueuesAround(calls, {functions, mappings, named}, reading),
    readPoliciesAround(
      calls,
      {
        keys: unique([...keysOf(configurations), ...ofService('kms').filter(arn => arn.includes(':key/'))]),
        secrets: ofService('secretsmanager').filter(arn => arn.includes(':secret:')),
        buckets,
      },
      reading,
    ),
    inBatches(buckets, async bucketArn => ({
      bucketArn,
      notifications: await reading.attempt('resilience/writes-to-own-trigger', bucketArn, () =>
        calls.notificationsOfBucket(bucketName(bucketArn)),
      ),
    })),
    readTables(calls, unique([...ofService('dynamodb'), ...tablesRead(mappings)]), reading),
    readNetwork(calls, unique(configurations.flatMap(({VpcConfig}) => VpcConfig?.VpcId || [])), reading),
    readCapacity(calls, names, reading),
    readProvisioned(calls, names, reading),
  ]);
  const senders = (service: string) => [
    ...sendersToFunctions(service),
    ...queues.resourcePolicies.flatMap(policy => sendersTo(policy, service)),
  ];
  const [topics, rules] = await Promise.all([
    readTopics(calls, topicsIn([...senders('sns.amazonaws.com'), ...named, ...notified(seen)], reading), reading),
    readRulesAround(calls, senders('events.amazonaws.com'), queues.resourcePolicies, reading),
  ]);
  const ruleOf = new Map(rules.map(rule => [rule.arn, rule]));
  const rulesOf = (fn: LambdaFunction) => {
    const own = functionPolicies.filter(({targets}) => targets.includes(fn.arn));
    if (own.some(policy => takesFromAny(policy, 'events.amazonaws.com'))) return undefined;
    return own.flatMap(policy => sendersTo(policy, 'events.amazonaws.com')).flatMap(arn => ruleOf.get(arn) ?? []);
  };
  return {
    functions: functions.map(fn => {
      const own = capacity.reserved.get(fn.name);
      const triggers = triggersInDetail(fn, rulesOf(fn), notifications);
      const reserved = own === undefined ? {} : {reservedConcurrency: own};
      return {...fn, triggers, provisionedConcurrency: provisioned(fn.name), ...reserved};
    }),
    queues: queues.queues,
    // Answers come in any order.
    resourcePolicies: [
      ...functionPolicies,
      ...queues.resourcePolicies,
      ...topics.flatMap(({resourcePolicies}) => resourcePolicies),
      ...otherPolicies,
    ].sort((a, b) => (a.name < b.name ? -1 : 1)),
    tables,
    deliveries: [...rules.flatMap(rule => deliveriesOf(rule, reading.region)), ...topics.flatMap(t => t.deliveries)],
    ...network,
    ...(capacity.codeStorage === undefined ? {} : {codeStorage: capacity.codeStorage}),
  };
}

async function readRulesAround(
  calls: AccountCalls,
  senders: readonly string[],
  queuePolicies: readonly ResourcePolicy[],
  reading: Reading,
) {
  const {account, region, attempt} = reading;
  const open = queuePolicies.filter(policy => takesFromAny(policy, 'events.amazonaws.com'));
  const found = await inBatches(
    open.flatMap(({targets}) => targets.filter(target => typeof target === 'string')),
    async arn => {
      const names = await attempt('resilience/undelivered-events-dropped', arn, () => calls.rulesWithTarget(arn));
      return isUnresolved(names) ? [] : names.map(name => `arn:aws:events:${region}:${account}:rule/${name}`);
    },
  );
  const here = senders.filter(arn => arn.split(':').slice(2, 5).join() === `events,${region},${account}`);
  return readEventRules(calls, unique([...here, ...found.flat()]), reading);
}

function unique(arns: readonly string[]): readonly string[] {
  return [...new Set(arns)].sort();
}

/** The keys that the environments of functions are encrypted with, where they are not AWS's own. */
function keysOf(configurations: readonly FunctionConfiguration[]): readonly string[] {
  return configurations.flatMap(({KMSKeyArn}) => (KMSKeyArn?.includes(':key/') ? KMSKeyArn : []));
}

function tablesRead(mappings: readonly EventSourceMapping[]): readonly string[] {
  return mappings.flatMap(({kind, sourceArn}) =>
    kind === 'dynamodb' && typeof sourceArn === 'string' ? sourceArn.split('/').slice(0, 2).join('/') : [],
  );
}

/** Of alarms only those on functions and queues: the others are not about what is audited. */
function notified({functions, alarms}: Seen): readonly unknown[] {
  return [
    ...functions.flatMap(({deadLetterQueue, onFailureDestination}) => [deadLetterQueue, onFailureDestination]),
    ...alarms
      .filter(({Namespace = ''}) => Namespace === 'AWS/Lambda' || Namespace === 'AWS/SQS')
      .flatMap(({AlarmActions = []}) => AlarmActions),
  ];
}

function topicsIn(arns: readonly unknown[], {account, region}: Reading): readonly string[] {
  const here = (arn: unknown): arn is string =>
    typeof arn === 'string' && arn.split(':').slice(2, 5).join() === `sns,${region},${account}`;
  // One more colon is a subscription.
  return unique(arns.filter(here).filter(arn => arn.split(':').length === 6));
}
