import {required, string, structure} from '../../shape.ts';
import {defineResource} from '../resource-type.ts';

export const kmsAlias = defineResource({
  type: 'AWS::KMS::Alias',
  properties: structure({AliasName: required(string), TargetKeyId: required(string)}),
  createOnly: ['AliasName'],
  nameProperty: 'AliasName',
  attributes: [],
  async create(alias, context) {
    await context.call('kms', 'CreateAlias', alias);
    return {id: alias.AliasName};
  },
  async update({id: AliasName}, {TargetKeyId}, context) {
    await context.call('kms', 'UpdateAlias', {AliasName, TargetKeyId});
    return {id: AliasName};
  },
  async delete({id: AliasName}, context) {
    await context.call('kms', 'DeleteAlias', {AliasName});
  },
});
