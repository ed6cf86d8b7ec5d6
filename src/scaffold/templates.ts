/** The services that gear can write: `templates/<name>/<language>/`, one living project each. */
export const templates: readonly ServiceTemplate[] = [
  {
    name: 'ingestion',
    summary: 'What arrives in a bucket becomes a row in DynamoDB; failures are retried or recorded',
    languages: ['typescript', 'python'],
  },
  {
    name: 'queue-worker',
    summary: 'Each message of a queue becomes a row, once; what fails five times waits in a dead-letter queue',
    languages: ['typescript', 'python'],
  },
];

export interface ServiceTemplate {
  readonly name: string;
  /** Ends a line in a prompt and in the help. */
  readonly summary: string;
  readonly languages: readonly string[];
}
