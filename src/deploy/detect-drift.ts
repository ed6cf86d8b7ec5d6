import {setTimeout as sleep} from 'node:timers/promises';
import type {StackResourceDrift} from '@aws-sdk/client-cloudformation';
import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import {isNoStack, noStackHere} from '../aws/no-stack-here.ts';
import {type StackResource, stackResources} from '../aws/stack-resources.ts';
import {GearError} from '../errors.ts';
import {persist} from './persist.ts';
import {readStack} from './read-stack.ts';

export interface ResourceDrift {
  readonly logicalId: string;
  readonly physicalId: string | undefined;
  readonly type: string;
  readonly status: 'MODIFIED' | 'DELETED';
  readonly differences: readonly PropertyDrift[];
}

interface PropertyDrift {
  /** A JSON pointer: `/Policies/0/PolicyDocument`. */
  readonly path: string;
  readonly kind: 'ADD' | 'REMOVE' | 'NOT_EQUAL';
  readonly expected: string;
  readonly actual: string;
}

export interface StackDrift {
  readonly drifted: readonly ResourceDrift[];
  readonly inSync: number;
  /** Those that CloudFormation could not compare. */
  readonly notChecked: readonly {readonly logicalId: string; readonly type: string}[];
}

interface DetectOptions {
  readonly stackName: string;
  readonly pollMilliseconds: number;
  readonly signal?: AbortSignal;
}

/**
 * What somebody changed behind CloudFormation's back, as CloudFormation finds it. It does not look into nested stacks,
 * so each is asked about by itself; what is in one is named by its path: `Storage/Table`.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-drift.html
 */
export async function detectDrift(clients: AwsClients, options: DetectOptions): Promise<StackDrift> {
  const own = await driftOfOne(clients, options);
  const nested = (await stackResources(clients, options.stackName)).filter(isStack);
  const inner = await Promise.all(nested.map(each => driftInside(clients, each, options)));
  return {
    drifted: [...own.drifted, ...inner.flatMap(each => each.drifted)],
    inSync: inner.reduce((sum, each) => sum + each.inSync, own.inSync),
    notChecked: [...own.notChecked.filter(resource => !isStack(resource)), ...inner.flatMap(each => each.notChecked)],
  };
}

function isStack({type}: {readonly type: string}): boolean {
  return type === 'AWS::CloudFormation::Stack';
}

async function driftInside(
  clients: AwsClients,
  {logicalId, physicalId, type}: StackResource,
  options: DetectOptions,
): Promise<StackDrift> {
  const stack = await readStack(clients, physicalId);
  if (stack === undefined || stack.status === 'DELETE_COMPLETE')
    return {drifted: [{logicalId, physicalId, type, status: 'DELETED', differences: []}], inSync: 0, notChecked: []};
  const {drifted, inSync, notChecked} = await detectDrift(clients, {...options, stackName: physicalId});
  const named = <R extends {readonly logicalId: string}>(inner: R): R => ({
    ...inner,
    logicalId: `${logicalId}/${inner.logicalId}`,
  });
  return {drifted: drifted.map(named), inSync, notChecked: notChecked.map(named)};
}

async function driftOfOne(
  clients: AwsClients,
  {stackName, pollMilliseconds, signal}: DetectOptions,
): Promise<StackDrift> {
  const client = await clients.cloudFormation();
  try {
    const {StackDriftDetectionId} = await client.detectStackDrift({StackName: stackName});
    for (;;) {
      const {DetectionStatus, DetectionStatusReason} = await persist(
        () => client.describeStackDriftDetectionStatus({StackDriftDetectionId}),
        {pollMilliseconds, ...(signal === undefined ? {} : {signal})},
      );
      // A detection that failed on some resources has found out about the others; those are told as not checked.
      if (DetectionStatus === 'DETECTION_COMPLETE' || DetectionStatus === 'DETECTION_FAILED')
        return sorted(await resourceDrifts(clients, stackName), DetectionStatusReason);
      await sleep(pollMilliseconds, undefined, signal && {signal});
    }
  } catch (error) {
    if (isNoStack(error)) throw noStackHere(stackName, error);
    throw describeAwsError(error, `detect the drift of ${stackName}`);
  }
}

async function resourceDrifts(clients: AwsClients, stackName: string): Promise<readonly StackResourceDrift[]> {
  const client = await clients.cloudFormation();
  const found: StackResourceDrift[] = [];
  for (let NextToken: string | undefined; ; ) {
    const page = await client.describeStackResourceDrifts({StackName: stackName, NextToken});
    found.push(...(page.StackResourceDrifts ?? []));
    if (page.NextToken === undefined) return found;
    NextToken = page.NextToken;
  }
}

function sorted(resources: readonly StackResourceDrift[], reason: string | undefined): StackDrift {
  if (resources.length === 0 && reason !== undefined)
    throw new GearError(`CloudFormation could not detect drift: ${reason}`, {code: 'DRIFT_NOT_DETECTED'});
  const drifted = resources.flatMap((resource): ResourceDrift[] => {
    const {StackResourceDriftStatus: status, PropertyDifferences = []} = resource;
    if (status !== 'MODIFIED' && status !== 'DELETED') return [];
    return [
      {
        logicalId: resource.LogicalResourceId!,
        physicalId: resource.PhysicalResourceId,
        type: resource.ResourceType!,
        status,
        differences: PropertyDifferences.map(({PropertyPath, DifferenceType, ExpectedValue, ActualValue}) => ({
          path: PropertyPath!,
          kind: DifferenceType!,
          expected: ExpectedValue!,
          actual: ActualValue!,
        })),
      },
    ];
  });
  const inSync = resources.filter(({StackResourceDriftStatus}) => StackResourceDriftStatus === 'IN_SYNC').length;
  const notChecked = resources
    .filter(({StackResourceDriftStatus: status}) => !/^(IN_SYNC|MODIFIED|DELETED)$/.test(status ?? ''))
    .map(({LogicalResourceId, ResourceType}) => ({logicalId: LogicalResourceId!, type: ResourceType!}));
  return {drifted, inSync, notChecked};
}
