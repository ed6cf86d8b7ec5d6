/**
 * The services that gear can write: `templates/<name>/<language>/`, one living project each. What differs between the
 * queues of a template lies in `_queue/<queue>/` below it.
 */
export const templates: readonly ServiceTemplate[] = [
  {
    name: 'ingestion',
    summary: 'What arrives in a bucket becomes a row in DynamoDB; failures are retried or recorded',
    languages: ['typescript', 'python'],
    queues: [],
  },
  {
    name: 'orchestration',
    summary: 'An asynchronous API in front of a legacy system: validated, encrypted, queued, processed once',
    languages: ['typescript', 'python'],
    queues: ['sqs', 'dynamodb'],
  },
  {
    name: 'queue-worker',
    summary: 'Each message of a queue becomes a row, once; what fails five times waits in a dead-letter queue',
    languages: ['typescript', 'python'],
    queues: [],
  },
  {
    name: 'scheduled',
    summary: 'A function that runs every hour and remembers its last run; runs that fail wait in a queue',
    languages: ['typescript', 'python'],
    queues: [],
  },
  {
    name: 'http-api',
    summary: 'Orders are put and read over HTTP, checked at the door and kept in DynamoDB',
    languages: ['typescript', 'python'],
    queues: [],
  },
  {
    name: 'stream-processor',
    summary: 'Each change of a table that matters has its effect once; a bad record holds nothing up',
    languages: ['typescript', 'python'],
    queues: [],
  },
];

export interface ServiceTemplate {
  readonly name: string;
  /** Ends a line in a prompt and in the help. */
  readonly summary: string;
  readonly languages: readonly string[];
  /** What may stand between its functions; none where there is no choice. */
  readonly queues: readonly string[];
}
