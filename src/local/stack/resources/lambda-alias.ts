import {double, type Infer, list, required, string, structure} from '../../shape.ts';
import {aliasUpdatePolicy, shiftTraffic, stopDeployment} from '../alias-deployment.ts';
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
  updatePolicy: aliasUpdatePolicy,
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
  async update({id, attributes, properties: before}, {RoutingConfig, Description = '', ...alias}, context) {
    const policy = (context.updatePolicy as Infer<typeof aliasUpdatePolicy> | undefined)?.CodeDeployLambdaAliasUpdate;
    const {FunctionName, Name, FunctionVersion: to} = alias;
    if (policy !== undefined && before.FunctionVersion !== to)
      await shiftTraffic(policy, {FunctionName, Name, from: before.FunctionVersion, to}, context);
    else if (context.awaited !== undefined) await stopDeployment(context.awaited, context);
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
