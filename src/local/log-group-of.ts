import type {CloudWatchLogs} from '@aws-sdk/client-cloudwatch-logs';
import type {Lambda} from '@aws-sdk/client-lambda';
import {GearError} from '../errors.ts';
import type {LocalConnection} from './connection-file.ts';
import {askHealth} from './control-client.ts';
import type {CloudHealth} from './health.ts';

export interface LogGroupClients {
  readonly logs: Pick<CloudWatchLogs, 'describeLogGroups'>;
  readonly lambda: Pick<Lambda, 'getFunctionConfiguration'>;
}

/** The log group that a name means: that of a function, by its name or logical ID, or the group of that name. */
export async function logGroupOf(
  name: string,
  cloud: LocalConnection,
  {logs, lambda}: LogGroupClients,
): Promise<string> {
  const functions = (await askHealth(cloud))?.functions ?? [];
  const found = functions.find(({name: own, logicalId}) => own === name || logicalId === name);
  if (found !== undefined) {
    const {LoggingConfig} = await lambda.getFunctionConfiguration({FunctionName: found.name});
    return LoggingConfig?.LogGroup ?? `/aws/lambda/${found.name}`;
  }
  const {logGroups = []} = await logs.describeLogGroups({logGroupNamePrefix: name, limit: 50});
  if (logGroups.some(({logGroupName}) => logGroupName === name)) return name;
  throw new GearError(`There is no function and no log group ${name} on the embedded AWS`, {
    code: 'NO_SUCH_LOG_GROUP',
    suggestions: names(functions),
  });
}

function names(functions: CloudHealth['functions']): string[] {
  return functions.slice(0, 5).map(({name, logicalId}) => `gear local logs ${logicalId ?? name}`);
}
