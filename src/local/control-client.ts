import {GearError} from '../errors.ts';
import type {UsageReport} from './access/usage.ts';
import type {LocalConnection} from './connection-file.ts';
import type {CloudHealth} from './health.ts';

/** Undefined when nobody answers there, or somebody else does. */
export async function askHealth(connection: LocalConnection): Promise<CloudHealth | undefined> {
  try {
    return (await askCloud(connection, 'GET', 'health')) as CloudHealth;
  } catch {
    return undefined;
  }
}

/** Of one function by its name or logical ID, or of all. */
export async function askUsage(connection: LocalConnection, functionName?: string): Promise<UsageReport> {
  const query = functionName === undefined ? '' : `?function=${encodeURIComponent(functionName)}`;
  const report = (await askCloud(connection, 'GET', `usage${query}`)) as UsageReport;
  if (functionName !== undefined && report.functions.length === 0)
    throw new GearError(`There is no function ${functionName} on the embedded AWS`, {
      code: 'NO_SUCH_FUNCTION',
      suggestions: ['gear local status'],
    });
  return report;
}

/** Asks one of gear's own endpoints of a running cloud. */
export async function askCloud(
  {endpoint, token}: Pick<LocalConnection, 'endpoint' | 'token'>,
  method: 'GET' | 'POST',
  path: string,
): Promise<unknown> {
  const response = await fetch(`${endpoint}/_gear/${path}`, {
    method,
    headers: {'x-gear-token': token},
    signal: AbortSignal.timeout(5000),
  });
  const answer: unknown = await response.json();
  if (!response.ok)
    throw new GearError(`gear local at ${endpoint} answered ${response.status} to ${path}`, {
      code: 'LOCAL_REFUSED',
      cause: answer,
    });
  return answer;
}
