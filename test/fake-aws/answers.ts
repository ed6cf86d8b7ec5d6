import {
  account,
  alarmAt,
  functionAt,
  indexOf,
  isInVpc,
  isProvisioned,
  logGroupAt,
  mappingAt,
  nameOf,
  policyOf,
  policyXml,
  queueAttributes,
  roleXml,
} from './account-contents.ts';
import type {AccountSize} from './account-size.ts';
import type {FakeCall} from './read-call.ts';

/** What AWS answers, in pages as large as its own; undefined where what was asked for is not there. */
export function answerOf(call: FakeCall, size: AccountSize, regions: readonly string[]): object | string | undefined {
  const {operation, region, input} = call;
  const index = indexOf(input.name ?? '');
  switch (operation) {
    case 'ListFunctions':
      return page(call, size.functions, 'MaxItems', 'Marker', 50, (items, NextMarker) => ({
        Functions: items.map(each => functionAt(each, region, size)),
        NextMarker,
      }));
    case 'ListEventSourceMappings':
      return page(call, size.mappings, 'MaxItems', 'Marker', 100, (items, NextMarker) => ({
        EventSourceMappings: items.map(each => mappingAt(each, region, size)),
        NextMarker,
      }));
    case 'GetPolicy': {
      const Policy = policyOf(index, region);
      return Policy && {Policy, RevisionId: `policy-${index}`};
    }
    case 'GetFunction':
      return {
        Configuration: functionAt(index, region, size),
        Code: {RepositoryType: 'S3', Location: signed(`function-${index}`, size)},
        Tags: tagsOf(index),
      };
    case 'GetLayerVersionByArn':
      return {LayerVersionArn: input.find, Content: {Location: signed('layer', size)}};
    case 'GetFunctionEventInvokeConfig':
      return undefined;
    case 'GetResources':
      return page(
        call,
        Math.ceil(size.functions / 10),
        'ResourcesPerPage',
        'PaginationToken',
        100,
        (items, token = '') => ({
          ResourceTagMappingList: items.map(each => ({
            ResourceARN: functionAt(each * 10, region, size).FunctionArn,
            Tags: Object.entries(tagsOf(each * 10)).map(([Key, Value]) => ({Key, Value})),
          })),
          PaginationToken: token,
        }),
      );
    case 'ListMetrics':
      return {Metrics: everyFunction(size).filter(isProvisioned).map(utilization)};
    case 'ListProvisionedConcurrencyConfigs':
      return {
        ProvisionedConcurrencyConfigs: isProvisioned(index)
          ? [{FunctionArn: `${functionAt(index, region, size).FunctionArn}:live`}]
          : [],
      };
    case 'GetAccountSettings':
      return {
        AccountLimit: {ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 1000},
        AccountUsage: {FunctionCount: size.functions},
      };
    case 'DescribeLogGroups':
      return page(call, size.logGroups, 'limit', 'nextToken', 50, (items, nextToken) => ({
        logGroups: items.map(each => logGroupAt(each, region)),
        nextToken,
      }));
    case 'DescribeAlarms':
      return page(call, size.alarms, 'MaxRecords', 'NextToken', 100, (items, NextToken) => ({
        MetricAlarms: items.map(each => alarmAt(each, region)),
        NextToken,
      }));
    case 'GetQueueUrl':
      return {QueueUrl: `https://sqs.${region}.amazonaws.com/${input.QueueOwnerAWSAccountId}/${input.QueueName}`};
    case 'GetQueueAttributes':
      return {Attributes: queueAttributes(input.QueueUrl ?? '', region)};
    case 'ListDeadLetterSourceQueues':
      return {queueUrls: []};
    case 'DescribeContinuousBackups':
      return {
        ContinuousBackupsDescription: {
          ContinuousBackupsStatus: 'ENABLED',
          PointInTimeRecoveryDescription: {PointInTimeRecoveryStatus: 'ENABLED'},
        },
      };
    case 'DescribeSubnets':
    case 'DescribeRouteTables':
    case 'DescribeVpcEndpoints':
    case 'DescribeSecurityGroups':
      return `<${operation}Response/>`;
    case 'GetTopicAttributes':
    case 'ListSubscriptionsByTopic':
      return `<${operation}Response><${operation}Result/></${operation}Response>`;
    case 'ListSchedules':
      return {Schedules: []};
    case 'ListRegions':
      return {Regions: regions.map(RegionName => ({RegionName, RegionOptStatus: 'ENABLED_BY_DEFAULT'}))};
    case 'GetCallerIdentity':
      return `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::${account}:user/auditor</Arn><UserId>AIDA</UserId><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;
    case 'GetAccountAuthorizationDetails':
      return page(call, size.roles + size.policies, 'MaxItems', 'Marker', 1000, (items, marker) => {
        const roles = items.filter(each => each < size.roles).map(each => roleXml(each, size));
        const policies = items.filter(each => each >= size.roles).map(each => policyXml(each - size.roles));
        const next = `<IsTruncated>${marker !== undefined}</IsTruncated>${marker ? `<Marker>${marker}</Marker>` : ''}`;
        return `<GetAccountAuthorizationDetailsResponse><GetAccountAuthorizationDetailsResult>${next}<UserDetailList/><GroupDetailList/><RoleDetailList>${roles.join('')}</RoleDetailList><Policies>${policies.join('')}</Policies></GetAccountAuthorizationDetailsResult></GetAccountAuthorizationDetailsResponse>`;
      });
    default:
      return undefined;
  }
}

function everyFunction({functions}: AccountSize): readonly number[] {
  return Array.from({length: functions}, (_, index) => index);
}

/** As Lambda sends it of an alias. */
function utilization(index: number): object {
  const FunctionName = nameOf(index);
  return {
    Namespace: 'AWS/Lambda',
    MetricName: 'ProvisionedConcurrencyUtilization',
    Dimensions: Object.entries({FunctionName, Resource: `${FunctionName}:live`}).map(([Name, Value]) => ({
      Name,
      Value,
    })),
  };
}

/** A page size that AWS does not take is cut down to its largest. */
function page<T>(
  {input}: FakeCall,
  total: number,
  limitName: string,
  markerName: string,
  largest: number,
  answer: (items: readonly number[], marker: string | undefined) => T,
): T {
  const start = Number(input[markerName] || 0);
  const end = Math.min(total, start + Math.min(largest, Number(input[limitName] ?? largest)));
  const items = Array.from({length: end - start}, (_, offset) => start + offset);
  return answer(items, end < total ? String(end) : undefined);
}

function tagsOf(index: number): Readonly<Record<string, string>> {
  return isInVpc(index) ? {'gear:VpcReason': 'the orders database'} : {name: nameOf(index)};
}

function signed(name: string, {archives}: AccountSize): string | undefined {
  return archives && `${archives}/${name}?X-Amz-Signature=${Math.random()}`;
}
