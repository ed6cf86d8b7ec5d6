import type {ResourceContext} from './resource-type.ts';

type TagMap = Readonly<Record<string, string>>;

/** Brings the tags of an API or a stage from the one map to the other. */
export async function retag(
  resourceArn: string,
  before: TagMap = {},
  after: TagMap = {},
  context: ResourceContext,
): Promise<void> {
  const set = Object.entries(after).filter(([key, value]) => before[key] !== value);
  const tagKeys = Object.keys(before).filter(key => after[key] === undefined);
  if (set.length > 0) await context.call('apigatewayv2', 'TagResource', {resourceArn, tags: Object.fromEntries(set)});
  if (tagKeys.length > 0) await context.call('apigatewayv2', 'UntagResource', {resourceArn, tagKeys});
}
