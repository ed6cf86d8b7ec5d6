import {ServiceError} from '../../service-error.ts';
import {map, required, string, structure} from '../../shape.ts';
import {defineResource, type ResourceContext} from '../resource-type.ts';

/** CloudFormation makes no SecureString; `Policies` are refused by name. */
export const ssmParameter = defineResource({
  type: 'AWS::SSM::Parameter',
  properties: structure({
    AllowedPattern: string,
    DataType: string,
    Description: string,
    Name: string,
    Tags: map(string),
    Tier: string,
    Type: required(string),
    Value: required(string),
  }),
  createOnly: ['Name'],
  nameProperty: 'Name',
  attributes: ['Type', 'Value'],
  async create({Tags = {}, ...parameter}, context) {
    requirePlain(parameter.Type);
    const Name = parameter.Name ?? context.name({longest: 1011});
    const tags = Object.entries(Tags).map(([Key, Value]) => ({Key, Value}));
    await context.call('ssm', 'PutParameter', {...parameter, Name, ...(tags.length > 0 ? {Tags: tags} : {})});
    return {id: Name, attributes: {Type: parameter.Type, Value: parameter.Value}};
  },
  async update({id: Name, properties: before}, {Tags = {}, ...parameter}, context) {
    requirePlain(parameter.Type);
    // A parameter keeps its type for life, so another type is another parameter of the same name.
    if (before.Type !== parameter.Type) await context.call('ssm', 'DeleteParameter', {Name});
    const overwrites = before.Type === parameter.Type ? {Overwrite: true} : {};
    await context.call('ssm', 'PutParameter', {...parameter, Name, ...overwrites});
    await setTags(Name, before.Type === parameter.Type ? before.Tags : {}, Tags, context);
    return {id: Name, attributes: {Type: parameter.Type, Value: parameter.Value}};
  },
  async delete({id: Name}, context) {
    await context.call('ssm', 'DeleteParameter', {Name});
  },
});

function requirePlain(type: string): void {
  if (type === 'SecureString')
    throw new ServiceError('InvalidRequest', 'CloudFormation does not make parameters of type SecureString.');
}

async function setTags(
  ResourceId: string,
  before: Readonly<Record<string, string>> = {},
  after: Readonly<Record<string, string>>,
  context: ResourceContext,
): Promise<void> {
  const resource = {ResourceType: 'Parameter', ResourceId};
  const set = Object.entries(after).filter(([key, value]) => before[key] !== value);
  const removed = Object.keys(before).filter(key => after[key] === undefined);
  if (set.length > 0)
    await context.call('ssm', 'AddTagsToResource', {...resource, Tags: set.map(([Key, Value]) => ({Key, Value}))});
  if (removed.length > 0) await context.call('ssm', 'RemoveTagsFromResource', {...resource, TagKeys: removed});
}
