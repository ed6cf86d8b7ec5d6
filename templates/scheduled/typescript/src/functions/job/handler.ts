import {Logger} from '@aws-lambda-powertools/logger';
import {Metrics, MetricUnit} from '@aws-lambda-powertools/metrics';
import {DynamoDBClient} from '@aws-sdk/client-dynamodb';
import {DynamoDBDocumentClient} from '@aws-sdk/lib-dynamodb';
import type {Context} from 'aws-lambda';
import {required, requiredInteger} from '../../lib/environment.ts';
import {readLastRun, saveRun} from './last-run.ts';
import {work} from './work.ts';

// What can be done once is done here, outside the handler: a warm invocation finds it ready.
const logger = new Logger();
const metrics = new Metrics();
const table = {client: DynamoDBDocumentClient.from(new DynamoDBClient()), name: required('TABLE_NAME')};
const firstRunMinutes = requiredInteger('FIRST_RUN_MINUTES');

/** The schedule's input; see `JobSchedule` in template.yaml. */
export interface ScheduledRun {
  readonly scheduledTime?: string;
  readonly executionId?: string;
}

/** What it throws, Lambda tries twice more and then reports to the failure queue. */
export async function handler(event: ScheduledRun, context: Context): Promise<void> {
  logger.addContext(context);
  const correlationId = event.executionId ?? context.awsRequestId;
  try {
    const to = readTime(event.scheduledTime);
    const last = await readLastRun(table);
    if (last !== undefined && last >= to) {
      logger.info('Run skipped: its time is covered', {correlationId, to, last});
      return;
    }
    const from = last ?? new Date(Date.parse(to) - firstRunMinutes * 60_000).toISOString();
    const result = await work({from, to});
    const outcome = await saveRun(table, {from, to, correlationId, result});
    logger.info(outcome === 'saved' ? 'Run finished' : 'Run finished after a later one', {correlationId, from, to});
    metrics.addMetric('RunsFinished', MetricUnit.Count, 1);
  } catch (error) {
    logger.error('Run failed', {correlationId, error: error as Error});
    throw error;
  } finally {
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  }
}

/** Always in the same notation, so that times compare as text. */
function readTime(scheduledTime: string | undefined): string {
  const milliseconds = Date.parse(scheduledTime ?? '');
  if (Number.isNaN(milliseconds)) throw new Error(`The event has no scheduledTime: ${scheduledTime}`);
  return new Date(milliseconds).toISOString();
}
