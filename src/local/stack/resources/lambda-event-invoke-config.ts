import {integer, required, string, structure} from '../../shape.ts';
import {defineResource} from '../resource-type.ts';

export const lambdaEventInvokeConfig = defineResource({
  type: 'AWS::Lambda::EventInvokeConfig',
  properties: structure({
    DestinationConfig: structure({
      OnFailure: structure({Destination: required(string)}),
      OnSuccess: structure({Destination: required(string)}),
    }),
    FunctionName: required(string),
    MaximumEventAgeInSeconds: integer,
    MaximumRetryAttempts: integer,
    Qualifier: required(string),
  }),
  createOnly: ['FunctionName', 'Qualifier'],
  attributes: [],
  async create(properties, context) {
    await context.call('lambda', 'PutFunctionEventInvokeConfig', properties);
    return {id: `${properties.FunctionName}|${properties.Qualifier}`};
  },
  async update({id}, properties, context) {
    await context.call('lambda', 'PutFunctionEventInvokeConfig', properties);
    return {id};
  },
  async delete({properties: {FunctionName, Qualifier}}, context) {
    await context.call('lambda', 'DeleteFunctionEventInvokeConfig', {FunctionName, Qualifier});
  },
});
