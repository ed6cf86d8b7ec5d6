/** The services that gear can write: `templates/<name>/<language>/`, one living project each. */
export const templates: readonly ServiceTemplate[] = [
  {
    name: 'ingestion',
    summary: 'What arrives in a bucket becomes a row in DynamoDB; failures are retried or recorded',
    languages: ['typescript', 'python'],
  },
];

export interface ServiceTemplate {
  readonly name: string;
  /** Ends a line in a prompt and in the help. */
  readonly summary: string;
  readonly languages: readonly string[];
}
