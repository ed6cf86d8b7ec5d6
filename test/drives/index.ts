import {driveHttpApi} from './http-api.ts';
import {driveIngestion} from './ingestion.ts';
import {driveOrchestration} from './orchestration.ts';
import {driveQueueWorker} from './queue-worker.ts';
import {driveScheduled} from './scheduled.ts';
import type {Drive} from './stage.ts';
import {driveStreamProcessor} from './stream-processor.ts';

/** For every template one: something good and every fault that one of its statements is for, to the end of each. */
const drives: Readonly<Record<string, Drive>> = {
  ingestion: driveIngestion,
  orchestration: driveOrchestration,
  'queue-worker': driveQueueWorker,
  scheduled: driveScheduled,
  'http-api': driveHttpApi,
  'stream-processor': driveStreamProcessor,
};

export function driveOf(template: string): Drive {
  const drive = drives[template];
  if (drive === undefined) throw new Error(`test/drives has none for the template ${template}`);
  return drive;
}

/** What a template is deployed with, so that it talks to nothing but the test. */
export function parametersFor(template: string, legacyUrl: string): Readonly<Record<string, string>> {
  return template === 'orchestration' ? {LegacyUrl: legacyUrl} : {};
}
