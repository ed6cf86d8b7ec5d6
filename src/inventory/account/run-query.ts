import type {AwsClients} from '../../aws/clients.ts';
import {describeAwsError} from '../../aws/describe-aws-error.ts';
import {GearError} from '../../errors.ts';
import {poll} from './poll.ts';
import type {StartQuery, StartRow} from './start-queries.ts';

export interface QuerySpan {
  readonly since: Date;
  readonly until: Date;
}

/** Runs a query of Logs Insights to its end; one that is interrupted, or that nobody waits for any longer, is stopped. */
export async function runQuery(
  clients: AwsClients,
  {logGroupNames, queryString}: StartQuery,
  {since, until}: QuerySpan,
  signal: AbortSignal,
): Promise<readonly StartRow[]> {
  const logs = await clients.logs();
  const {GetQueryResultsCommand, StartQueryCommand, StopQueryCommand} = await import('@aws-sdk/client-cloudwatch-logs');
  let running: string | undefined;
  try {
    const span = {startTime: seconds(since), endTime: seconds(until)};
    const named = logGroupNames === undefined ? {} : {logGroupNames: [...logGroupNames]};
    const {queryId} = await logs.send(new StartQueryCommand({...named, ...span, queryString, limit: mostRows}));
    running = queryId;
    const {status, results = []} = await poll(
      async () => {
        const answer = await logs.send(new GetQueryResultsCommand({queryId}));
        return answer.status === 'Scheduled' || answer.status === 'Running' ? undefined : answer;
      },
      {...patience, signal},
    );
    running = undefined;
    if (status !== 'Complete') throw incomplete(`Logs Insights ended the query with the status ${status}`);
    if (results.length >= mostRows) throw incomplete(`Logs Insights gave only the first ${mostRows} rows`);
    return results.map(row => Object.fromEntries(row.map(({field = '', value = ''}) => [field, value])));
  } catch (error) {
    // It costs by what it reads. That it has ended meanwhile is no error.
    if (running !== undefined) await logs.send(new StopQueryCommand({queryId: running})).catch(() => {});
    throw describeAwsError(error, 'measure cold starts');
  }
}

function incomplete(message: string): GearError {
  return new GearError(message, {code: 'QUERY_INCOMPLETE'});
}

function seconds(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}

/** The most that one answer holds. */
const mostRows = 10_000;

/** Logs Insights itself gives up after an hour. */
const patience = {first: 100, longest: 5000, inAll: 3_600_000};
