/** A resource of any service, with the tags that its service keeps. */
export interface TaggedResource {
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface TaggingStore {
  /** All of them, as they are now. */
  resources(): readonly TaggedResource[];
}

/**
 * Whether a filter means resources that are known here. It is a service or `service:kind`, in the words of ARNs; those
 * of queues, topics and buckets have no kind.
 */
export function isKind(filter: string): boolean {
  const [service = '', kind, ...rest] = filter.split(':');
  const known = kinds[service];
  return known !== undefined && rest.length === 0 && (kind === undefined || known.includes(kind));
}

export function hasKind({arn}: TaggedResource, filter: string): boolean {
  const [, , service, , , ...rest] = arn.split(':');
  const [wantedService, wantedKind] = filter.split(':');
  return service === wantedService && (wantedKind === undefined || rest.join(':').split(/[:/]/)[0] === wantedKind);
}

const kinds: Readonly<Record<string, readonly string[]>> = {
  apigateway: [],
  cloudformation: ['stack'],
  cloudwatch: ['alarm', 'dashboard'],
  codedeploy: ['application', 'deploymentgroup'],
  dynamodb: ['table'],
  events: ['event-bus', 'rule'],
  kms: ['key'],
  lambda: ['event-source-mapping', 'function'],
  logs: ['log-group'],
  s3: [],
  scheduler: ['schedule-group'],
  secretsmanager: ['secret'],
  sns: [],
  sqs: [],
  ssm: ['parameter'],
};
