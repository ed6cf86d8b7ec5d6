import type {AwsClients} from '../../aws/clients.ts';
import type {AccountCalls, ScheduledTarget} from './account-calls.ts';
import {described, ifThere, pages} from './asking.ts';
import {capacityCalls} from './capacity-calls.ts';
import {deliveryCalls} from './delivery-calls.ts';
import {functionsTagged} from './functions-tagged.ts';
import {inBatches} from './in-batches.ts';
import {networkCalls} from './network-calls.ts';
import {policyCalls} from './policy-calls.ts';
import {readPackage} from './read-package.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html#api-requests says what Lambda takes. */
export function awsAccountCalls(clients: AwsClients): AccountCalls {
  return {
    ...capacityCalls(clients),
    ...deliveryCalls(clients),
    ...networkCalls(clients),
    ...policyCalls(clients),
    functions: () =>
      described('list the functions', async () => {
        const {ListFunctionsCommand} = await import('@aws-sdk/client-lambda');
        const lambda = await clients.lambda();
        return pages(async Marker => {
          const {Functions = [], NextMarker} = await lambda.send(new ListFunctionsCommand({Marker, MaxItems: 50}));
          return [Functions, NextMarker];
        });
      }),
    rolesAndPolicies: () => described('read the roles and their policies', () => rolesAndPolicies(clients)),
    eventSourceMappings: () =>
      described('list the event source mappings', async () => {
        const {ListEventSourceMappingsCommand} = await import('@aws-sdk/client-lambda');
        const lambda = await clients.lambda();
        return pages(async Marker => {
          const page = await lambda.send(new ListEventSourceMappingsCommand({Marker, MaxItems: 100}));
          return [page.EventSourceMappings ?? [], page.NextMarker];
        });
      }),
    functionPolicy: name =>
      described(`read the resource policy of ${name}`, () =>
        ifThere(async () => {
          const {GetPolicyCommand} = await import('@aws-sdk/client-lambda');
          return (await (await clients.lambda()).send(new GetPolicyCommand({FunctionName: name}))).Policy;
        }),
      ),
    onFailureDestination: name =>
      described(`read the destinations of ${name}`, () =>
        ifThere(async () => {
          const {GetFunctionEventInvokeConfigCommand} = await import('@aws-sdk/client-lambda');
          const lambda = await clients.lambda();
          const config = await lambda.send(new GetFunctionEventInvokeConfigCommand({FunctionName: name}));
          return config.DestinationConfig?.OnFailure?.Destination;
        }),
      ),
    functionsTagged: key => functionsTagged(clients, key),
    queueAttributes: arn => described(`read the queue ${arn}`, () => ifThere(() => queueAttributes(clients, arn))),
    hasDeadLetterSources: arn =>
      described(`list the queues that ${arn} is the dead-letter queue of`, async () => {
        const {ListDeadLetterSourceQueuesCommand} = await import('@aws-sdk/client-sqs');
        const sqs = await clients.sqs();
        const {queueUrls = []} = await sqs.send(
          new ListDeadLetterSourceQueuesCommand({QueueUrl: await queueUrl(clients, arn), MaxResults: 1}),
        );
        return queueUrls.length > 0;
      }),
    scheduledTargets: () => described('read the schedules', () => scheduledTargets(clients)),
    functionPackage: ({FunctionName, Handler: handler, Runtime: runtime}) =>
      described(`read what is in the package of ${FunctionName}`, () =>
        ifThere(async () => {
          const {GetFunctionCommand} = await import('@aws-sdk/client-lambda');
          const {Code} = await (await clients.lambda()).send(new GetFunctionCommand({FunctionName}));
          const code = handler === undefined || runtime === undefined ? undefined : {handler, runtime};
          return readPackage(clients, Code?.Location, code);
        }),
      ),
    layerPackage: arn =>
      described(`read what is in the layer ${arn}`, () =>
        ifThere(async () => {
          const {GetLayerVersionByArnCommand} = await import('@aws-sdk/client-lambda');
          const {Content} = await (await clients.lambda()).send(new GetLayerVersionByArnCommand({Arn: arn}));
          return readPackage(clients, Content?.Location);
        }),
      ),
    logGroups: () =>
      described('list the log groups', async () => {
        const {DescribeLogGroupsCommand} = await import('@aws-sdk/client-cloudwatch-logs');
        const logs = await clients.logs();
        return pages(async nextToken => {
          const page = await logs.send(new DescribeLogGroupsCommand({nextToken, limit: 50}));
          return [page.logGroups ?? [], page.nextToken];
        });
      }),
    alarms: () =>
      described('list the alarms', async () => {
        const {DescribeAlarmsCommand} = await import('@aws-sdk/client-cloudwatch');
        const cloudWatch = await clients.cloudWatch();
        return pages(async NextToken => {
          const page = await cloudWatch.send(
            new DescribeAlarmsCommand({NextToken, MaxRecords: 100, AlarmTypes: ['MetricAlarm']}),
          );
          return [page.MetricAlarms ?? [], page.NextToken];
        });
      }),
  };
}

/** One call with the largest pages has every role of most accounts. */
async function rolesAndPolicies(clients: AwsClients) {
  const {GetAccountAuthorizationDetailsCommand} = await import('@aws-sdk/client-iam');
  const iam = await clients.iam();
  const all = await pages(async Marker => {
    const page = await iam.send(
      new GetAccountAuthorizationDetailsCommand({Filter: ['Role', 'LocalManagedPolicy'], MaxItems: 1000, Marker}),
    );
    return [[page], page.IsTruncated ? page.Marker : undefined];
  });
  return {
    roles: all.flatMap(page => page.RoleDetailList ?? []),
    policies: all.flatMap(page => page.Policies ?? []),
  };
}

async function queueAttributes(clients: AwsClients, arn: string): Promise<Readonly<Record<string, string>>> {
  const {GetQueueAttributesCommand} = await import('@aws-sdk/client-sqs');
  const QueueUrl = await queueUrl(clients, arn);
  const sqs = await clients.sqs();
  return (await sqs.send(new GetQueueAttributesCommand({QueueUrl, AttributeNames: ['All']}))).Attributes ?? {};
}

async function queueUrl(clients: AwsClients, arn: string): Promise<string | undefined> {
  const {GetQueueUrlCommand} = await import('@aws-sdk/client-sqs');
  const [, , , , QueueOwnerAWSAccountId, QueueName] = arn.split(':');
  return (await (await clients.sqs()).send(new GetQueueUrlCommand({QueueName, QueueOwnerAWSAccountId}))).QueueUrl;
}

/** A list of schedules has their targets, but not what they send. */
async function scheduledTargets(clients: AwsClients): Promise<readonly ScheduledTarget[]> {
  const {GetScheduleCommand, ListSchedulesCommand} = await import('@aws-sdk/client-scheduler');
  const scheduler = await clients.scheduler();
  const schedules = await pages(async NextToken => {
    const page = await scheduler.send(new ListSchedulesCommand({NextToken, MaxResults: 100}));
    return [page.Schedules ?? [], page.NextToken];
  });
  const ofFunctions = schedules.filter(({Target}) => Target?.Arn?.split(':')[2] === 'lambda');
  return inBatches(ofFunctions, async ({Name, GroupName, Target}) => {
    const {Target: {Input = ''} = {}} = await scheduler.send(new GetScheduleCommand({Name, GroupName}));
    return {arn: Target?.Arn ?? '', input: Input};
  });
}
