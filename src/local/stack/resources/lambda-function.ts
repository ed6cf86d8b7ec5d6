import {isDeepStrictEqual} from 'node:util';
import {zipSync} from 'fflate';
import {boolean, type Infer, integer, list, map, required, string, structure} from '../../shape.ts';
import {tagList, tagMap} from '../../tag-list.ts';
import {readFunction} from '../read-function.ts';
import {defineResource, type ResourceContext} from '../resource-type.ts';
import {tagChanges} from '../tags.ts';

const properties = structure({
  Architectures: list(string),
  Code: required(structure({S3Bucket: string, S3Key: string, S3ObjectVersion: string, ZipFile: string})),
  DeadLetterConfig: structure({TargetArn: string}),
  Description: string,
  Environment: structure({Variables: map(string)}),
  EphemeralStorage: structure({Size: required(integer)}),
  FunctionName: string,
  Handler: required(string),
  LoggingConfig: structure({
    ApplicationLogLevel: string,
    LogFormat: string,
    LogGroup: string,
    SystemLogLevel: string,
  }),
  MemorySize: integer,
  ReservedConcurrentExecutions: integer,
  Role: required(string),
  Runtime: required(string),
  Tags: tagList,
  Timeout: integer,
  TracingConfig: structure({Mode: string}),
  VpcConfig: structure({
    Ipv6AllowedForDualStack: boolean,
    SecurityGroupIds: list(string),
    SubnetIds: list(string),
  }),
});
type Properties = Infer<typeof properties>;

/** What a configuration member is when the template does not say: an update has to say it. */
const defaults = {
  DeadLetterConfig: {TargetArn: ''},
  Description: '',
  Environment: {Variables: {}},
  EphemeralStorage: {Size: 512},
  MemorySize: 128,
  Timeout: 3,
  TracingConfig: {Mode: 'PassThrough'},
  VpcConfig: {SecurityGroupIds: [], SubnetIds: []},
} as const;

export const lambdaFunction = defineResource({
  type: 'AWS::Lambda::Function',
  properties,
  createOnly: ['FunctionName'],
  nameProperty: 'FunctionName',
  attributes: ['Arn'],
  async create({Code, Tags, ReservedConcurrentExecutions, ...configuration}, context) {
    const FunctionName = configuration.FunctionName ?? context.name({longest: 64});
    const {FunctionArn} = await context.call<{FunctionArn: string}>('lambda', 'CreateFunction', {
      ...configuration,
      FunctionName,
      Code: codeInput(Code),
      ...(Tags === undefined ? {} : {Tags: tagMap(Tags)}),
    });
    context.created(FunctionName);
    if (ReservedConcurrentExecutions !== undefined)
      await context.call('lambda', 'PutFunctionConcurrency', {FunctionName, ReservedConcurrentExecutions});
    return {id: FunctionName, attributes: {Arn: FunctionArn}};
  },
  async update({id: FunctionName, properties: before, attributes}, after, context) {
    const configuration = changedConfiguration(FunctionName, before, after);
    if (Object.keys(configuration).length > 0)
      await context.call('lambda', 'UpdateFunctionConfiguration', {FunctionName, ...configuration});
    const {Code, Architectures} = after;
    if (!isDeepStrictEqual([before.Code, before.Architectures], [Code, Architectures]))
      await context.call('lambda', 'UpdateFunctionCode', {
        FunctionName,
        ...codeInput(Code),
        Architectures: Architectures ?? ['x86_64'],
      });
    await changeConcurrency(FunctionName, before, after, context);
    const {set, removed} = tagChanges(before.Tags, after.Tags);
    const Resource = attributes.Arn;
    if (set.length > 0) await context.call('lambda', 'TagResource', {Resource, Tags: tagMap(set)});
    if (removed.length > 0) await context.call('lambda', 'UntagResource', {Resource, TagKeys: removed});
    return {id: FunctionName, attributes};
  },
  async delete({id: FunctionName}, context) {
    await context.call('lambda', 'DeleteFunction', {FunctionName});
  },
  read: readFunction,
});

/** Inline source becomes the index.js of a package, as CloudFormation makes it. */
function codeInput({ZipFile, ...location}: Properties['Code']): object {
  if (ZipFile === undefined) return location;
  return {ZipFile: zipSync({'index.js': [Buffer.from(ZipFile), {mtime: new Date(1980, 0, 1)}]})};
}

function changedConfiguration(name: string, before: Properties, after: Properties): Record<string, unknown> {
  const {
    Code: _,
    Tags: __,
    ReservedConcurrentExecutions: ___,
    FunctionName: ____,
    Architectures: _____,
    ...now
  } = after;
  const standard: Readonly<Record<string, unknown>> = {
    ...defaults,
    LoggingConfig: {LogFormat: 'Text', LogGroup: `/aws/lambda/${name}`},
  };
  const members = [...new Set([...Object.keys(standard), ...Object.keys(now)])] as (keyof typeof now)[];
  const changed = members.filter(member => !isDeepStrictEqual(before[member], after[member]));
  return Object.fromEntries(changed.map(member => [member, after[member] ?? standard[member]]));
}

async function changeConcurrency(
  FunctionName: string,
  before: Properties,
  {ReservedConcurrentExecutions}: Properties,
  context: ResourceContext,
): Promise<void> {
  if (before.ReservedConcurrentExecutions === ReservedConcurrentExecutions) return;
  if (ReservedConcurrentExecutions === undefined)
    await context.call('lambda', 'DeleteFunctionConcurrency', {FunctionName});
  else await context.call('lambda', 'PutFunctionConcurrency', {FunctionName, ReservedConcurrentExecutions});
}
