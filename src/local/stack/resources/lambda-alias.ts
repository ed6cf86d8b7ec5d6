import {double, type Infer, list, required, string, structure} from '../../shape.ts';
import {defineResource} from '../resource-type.ts';

const properties = structure({
  Description: string,
  FunctionName: required(string),
  FunctionVersion: required(string),
  Name: required(string),
  RoutingConfig: structure({
    AdditionalVersionWeights: list(structure({FunctionVersion: required(string), FunctionWeight: required(double)})),
  }),
});

export const lambdaAlias = defineResource({
  type: 'AWS::Lambda::Alias',
  properties,
  createOnly: ['FunctionName', 'Name'],
  nameProperty: 'Name',
  attributes: ['AliasArn'],
  async create({RoutingConfig, ...alias}, context) {
    const {AliasArn} = await context.call<{AliasArn: string}>('lambda', 'CreateAlias', {
      ...alias,
      RoutingConfig: routing(RoutingConfig),
    });
    return {id: AliasArn, attributes: {AliasArn}};
  },
  async update({id, attributes}, {RoutingConfig, Description = '', ...alias}, context) {
    await context.call('lambda', 'UpdateAlias', {
      ...alias,
      Description,
      RoutingConfig: routing(RoutingConfig) ?? {AdditionalVersionWeights: {}},
    });
    return {id, attributes};
  },
  async delete({properties: {FunctionName, Name}}, context) {
    await context.call('lambda', 'DeleteAlias', {FunctionName, Name});
  },
});

function routing(config: Infer<typeof properties>['RoutingConfig']): object | undefined {
  if (config?.AdditionalVersionWeights === undefined) return undefined;
  const weights = config.AdditionalVersionWeights.map(({FunctionVersion, FunctionWeight}) => [
    FunctionVersion,
    FunctionWeight,
  ]);
  return {AdditionalVersionWeights: Object.fromEntries(weights)};
}
