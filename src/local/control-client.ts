import {request} from 'node:http';
import {text} from 'node:stream/consumers';
import {GearError} from '../errors.ts';
import type {UsageReport} from './access/usage.ts';
import type {LocalConnection} from './connection-file.ts';
import type {CloudHealth, CloudTime} from './health.ts';

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

export async function askTime(connection: LocalConnection): Promise<CloudTime> {
  return (await askCloud(connection, 'GET', 'time')) as CloudTime;
}

/** Puts the cloud's clock forward; everything that falls due on the way has been begun when it answers. */
export async function moveTime(connection: LocalConnection, milliseconds: number): Promise<CloudTime> {
  return (await askCloud(connection, 'POST', `time?forward=${milliseconds}`, 300_000)) as CloudTime;
}

/** Asks one of gear's own endpoints of a running cloud. */
export async function askCloud(
  {endpoint, token}: Pick<LocalConnection, 'endpoint' | 'token'>,
  method: 'GET' | 'POST',
  path: string,
  timeout = 5000,
): Promise<unknown> {
  const {status, answer} = await requestJson(`${endpoint}/_gear/${path}`, method, token, timeout);
  if (status >= 300)
    throw new GearError(`gear local at ${endpoint} answered ${status} to ${path}`, {
      code: 'LOCAL_REFUSED',
      cause: answer,
    });
  return answer;
}

/** Not `fetch`: loading what stands behind it takes longer than the rest of a command's start. */
function requestJson(
  url: string,
  method: string,
  token: string,
  timeout: number,
): Promise<{status: number; answer: unknown}> {
  return new Promise((resolve, reject) => {
    const headers = {'x-gear-token': token};
    const sent = request(url, {method, headers, agent: false, signal: AbortSignal.timeout(timeout)}, response => {
      text(response)
        .then(body => resolve({status: response.statusCode ?? 0, answer: JSON.parse(body)}))
        .catch(reject);
    });
    sent.once('error', reject);
    sent.end();
  });
}
