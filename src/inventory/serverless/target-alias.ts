import {at, isTrue, textOf} from './config-node.ts';
import type {ServiceFunction} from './service.ts';

/**
 * The alias that the framework makes of a function with provisioned concurrency or SnapStart, of a version that it then
 * publishes whatever `versionFunctions` says. All events of the function invoke the alias.
 * https://www.serverless.com/framework/docs/providers/aws/guide/functions
 */
export function targetAlias({config}: ServiceFunction): 'provisioned' | 'snapstart' | undefined {
  const count = at(config, 'provisionedConcurrency', 'executions') ?? at(config, 'provisionedConcurrency');
  if (count !== undefined && textOf(count) !== '0') return 'provisioned';
  return isTrue(at(config, 'snapStart')) ? 'snapstart' : undefined;
}

/** What the events of a function name: the function, or its alias. */
export function targetArn(fn: ServiceFunction): unknown {
  const arn = {'Fn::GetAtt': [fn.logicalId, 'Arn']};
  const alias = targetAlias(fn);
  return alias === undefined ? arn : {'Fn::Join': [':', [arn, alias]]};
}
