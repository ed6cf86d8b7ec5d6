import {document, list, required, string, structure} from '../../shape.ts';
import {ignoringAbsence} from '../failure.ts';
import {policyText} from '../policy-text.ts';
import {defineResource, type ResourceContext} from '../resource-type.ts';

interface Properties {
  readonly PolicyName: string;
  readonly PolicyDocument: unknown;
  readonly Roles: readonly string[];
}

/** An inline policy that several roles get. Users and groups do not exist locally. */
export const iamPolicy = defineResource({
  type: 'AWS::IAM::Policy',
  capability: 'CAPABILITY_IAM',
  properties: structure({
    PolicyName: required(string),
    PolicyDocument: required(document),
    Roles: required(list(string)),
  }),
  createOnly: [],
  attributes: ['Id'],
  async create(properties, context) {
    const id = context.name({longest: 128});
    await put(properties, context);
    return {id, attributes: {Id: id}};
  },
  async update({id, properties: before, attributes}, after, context) {
    await put(after, context);
    const kept = before.PolicyName === after.PolicyName ? after.Roles : [];
    await remove({...before, Roles: before.Roles.filter(role => !kept.includes(role))}, context);
    return {id, attributes};
  },
  delete: ({properties}, context) => remove(properties, context),
});

async function put({PolicyName, PolicyDocument, Roles}: Properties, context: ResourceContext): Promise<void> {
  for (const RoleName of Roles)
    await context.call('iam', 'PutRolePolicy', {RoleName, PolicyName, PolicyDocument: policyText(PolicyDocument)});
}

async function remove({PolicyName, Roles}: Properties, context: ResourceContext): Promise<void> {
  for (const RoleName of Roles) await ignoringAbsence(context.call('iam', 'DeleteRolePolicy', {RoleName, PolicyName}));
}
