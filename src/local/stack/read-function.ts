import type {Tag} from '../tag-list.ts';
import {byKey} from './in-order.ts';
import type {ExistingResource, ResourceContext} from './resource-type.ts';

interface FunctionProperties {
  readonly LoggingConfig?: object | undefined;
  readonly VpcConfig?: object | undefined;
  readonly Tags?: readonly Tag[] | undefined;
}

/** A function as it is, in the form of its properties. As on AWS, its code is not among them. */
export async function readFunction(
  {id: FunctionName, properties}: ExistingResource<FunctionProperties>,
  context: ResourceContext,
): Promise<Record<string, unknown>> {
  const {
    Configuration,
    Tags = {},
    Concurrency,
  } = await context.call<{
    Configuration: Readonly<Record<string, unknown>>;
    Tags?: Readonly<Record<string, string>>;
    Concurrency?: {readonly ReservedConcurrentExecutions?: number};
  }>('lambda', 'GetFunction', {FunctionName});
  const given = Object.keys(properties).filter(name => !elsewhere.has(name));
  const tags = Object.entries(Tags).map(([Key, Value]) => ({Key, Value}));
  return {
    ...Object.fromEntries(given.map(name => [name, Configuration[name]])),
    ...chosen('LoggingConfig', properties.LoggingConfig, Configuration),
    ...chosen('VpcConfig', properties.VpcConfig, Configuration),
    ReservedConcurrentExecutions: Concurrency?.ReservedConcurrentExecutions,
    Tags: byKey(properties.Tags, tags, ({Key}) => Key),
  };
}

const elsewhere: ReadonlySet<string> = new Set(['Code', 'Tags', 'ReservedConcurrentExecutions']);

/** Lambda answers with more members than the template has to give. */
function chosen(name: string, expected: object | undefined, configuration: Readonly<Record<string, unknown>>): object {
  if (expected === undefined) return {};
  const actual = (configuration[name] ?? {}) as Readonly<Record<string, unknown>>;
  return {[name]: Object.fromEntries(Object.keys(expected).map(member => [member, actual[member]]))};
}
