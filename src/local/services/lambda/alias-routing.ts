import {double, map, structure} from '../../shape.ts';
import {invalidParameter} from './errors.ts';
import {latest} from './function-configuration.ts';
import type {AliasRecord} from './records.ts';
import type {LambdaStore} from './store.ts';

export const routingConfig = structure({AdditionalVersionWeights: map(double)});

/** One more version beside the main one, with its share; an empty map sends everything to the main one again. */
export function checkRouting(
  name: string,
  mainVersion: string,
  routing: {readonly AdditionalVersionWeights?: Readonly<Record<string, number>> | undefined} | undefined,
  store: LambdaStore,
): Pick<AliasRecord, 'RoutingConfig'> {
  const weights = routing?.AdditionalVersionWeights ?? {};
  const versions = Object.entries(weights);
  if (versions.length === 0) return {};
  if (versions.length > 1)
    throw invalidParameter('Number of items in AdditionalVersionWeights cannot be greater than 1');
  const [version, weight] = versions[0]!;
  if (version === latest || mainVersion === latest)
    throw invalidParameter('$LATEST is not supported for an alias pointing to more than 1 version');
  if (version === mainVersion)
    throw invalidParameter(
      `Invalid function version ${version}. Function version ${version} is already included in routing configuration.`,
    );
  if (!(weight >= 0 && weight <= 1)) throw invalidParameter(`Invalid weight ${weight}: it must be between 0.0 and 1.0`);
  store.configuration({name, qualifier: version});
  return {RoutingConfig: {AdditionalVersionWeights: weights}};
}
