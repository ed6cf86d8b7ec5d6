import {required, string, structure} from '../../shape.ts';
import {defineResource} from '../resource-type.ts';

export const lambdaPermission = defineResource({
  type: 'AWS::Lambda::Permission',
  properties: structure({
    Action: required(string),
    FunctionName: required(string),
    Principal: required(string),
    SourceAccount: string,
    SourceArn: string,
  }),
  createOnly: ['Action', 'FunctionName', 'Principal', 'SourceAccount', 'SourceArn'],
  attributes: ['Id'],
  async create(properties, context) {
    const StatementId = context.name({longest: 100});
    await context.call('lambda', 'AddPermission', {...properties, StatementId});
    return {id: StatementId, attributes: {Id: StatementId}};
  },
  update: async ({id, attributes}) => ({id, attributes}),
  async delete({id: StatementId, properties: {FunctionName}}, context) {
    await context.call('lambda', 'RemovePermission', {FunctionName, StatementId});
  },
});
