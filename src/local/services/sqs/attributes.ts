import {resourcePolicyProblem} from '../../resource-policy.ts';
import {ServiceError} from '../../service-error.ts';
import {invalidParameter} from './errors.ts';

/** What a queue is set to; absent members have AWS's default. */
export type QueueAttributes = Readonly<Record<string, string>>;

/** Every attribute that can be set, with the check of its value and its default. */
const settable: Readonly<Record<string, Setting>> = {
  DelaySeconds: integer(0, 900, 0),
  MaximumMessageSize: integer(1024, 1_048_576, 1_048_576),
  MessageRetentionPeriod: integer(60, 1_209_600, 345_600),
  ReceiveMessageWaitTimeSeconds: integer(0, 20, 0),
  VisibilityTimeout: integer(0, 43_200, 30),
  Policy: {check: policyProblem},
  RedrivePolicy: {check: value => jsonProblem(value)},
  RedriveAllowPolicy: {check: redriveAllowPolicyProblem},
  SqsManagedSseEnabled: {check: oneOf('true', 'false'), default: 'true'},
  FifoQueue: {check: oneOf('true', 'false'), fifoOnly: true},
  ContentBasedDeduplication: {check: oneOf('true', 'false'), default: 'false', fifoOnly: true},
  DeduplicationScope: {check: oneOf('queue', 'messageGroup'), default: 'queue', fifoOnly: true},
  FifoThroughputLimit: {check: oneOf('perQueue', 'perMessageGroupId'), default: 'perQueue', fifoOnly: true},
};

interface Setting {
  /** What is wrong with a value. */
  check(value: string): string | undefined;
  readonly default?: string;
  readonly fifoOnly?: true;
}

const notSettable = new Set([
  'QueueArn',
  'CreatedTimestamp',
  'LastModifiedTimestamp',
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
]);

function settingOf(name: string): Setting | undefined {
  return Object.hasOwn(settable, name) ? settable[name] : undefined;
}

/** Throws for a name that cannot be set, a value that is not allowed, and for encryption with a key of KMS. */
export function checkAttributes(name: string, given: QueueAttributes): void {
  const fifo = name.endsWith('.fifo');
  for (const [attribute, value] of Object.entries(given)) {
    if (attribute.startsWith('Kms') && value !== '')
      throw new ServiceError(
        'NotImplemented',
        `gear local does not implement ${attribute}: it has no KMS; SqsManagedSseEnabled encrypts a queue without a key`,
        {status: 501},
      );
    const setting = settingOf(attribute);
    if (setting === undefined || (setting.fifoOnly && !fifo)) {
      if (attribute === 'FifoQueue' && value === 'true')
        throw invalidParameter(
          'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.',
        );
      if (attribute.startsWith('Kms')) continue;
      throw new ServiceError('InvalidAttributeName', `Unknown Attribute ${attribute}.`);
    }
    if (value === '' && setting.default === undefined) continue;
    const problem = setting.check(value);
    if (problem !== undefined)
      throw new ServiceError('InvalidAttributeValue', `Invalid value for the parameter ${attribute}.${problem}`);
  }
}

/** The attributes after a change; an empty policy takes the attribute away. */
export function changedAttributes(before: QueueAttributes, given: QueueAttributes): QueueAttributes {
  const after = {...before};
  for (const [attribute, value] of Object.entries(given))
    if (value === '') delete after[attribute];
    else after[attribute] = value;
  return after;
}

export function attributeOf(attributes: QueueAttributes, name: string): string | undefined {
  return attributes[name] ?? settingOf(name)?.default;
}

export function numberOf(attributes: QueueAttributes, name: string): number {
  return Number(attributeOf(attributes, name));
}

/** What GetQueueAttributes shows of the settings: the set ones, and the defaults that apply to this kind of queue. */
export function shownAttributes(name: string, attributes: QueueAttributes): Record<string, string> {
  const fifo = name.endsWith('.fifo');
  const shown: Record<string, string> = {};
  for (const [attribute, setting] of Object.entries(settable)) {
    if (setting.fifoOnly && !fifo) continue;
    const value = attribute === 'FifoQueue' ? 'true' : attributeOf(attributes, attribute);
    if (value !== undefined) shown[attribute] = value;
  }
  return shown;
}

export function isQueueAttribute(name: string): boolean {
  return name === 'All' || settingOf(name) !== undefined || notSettable.has(name) || name.startsWith('Kms');
}

function integer(least: number, most: number, standard: number): Setting {
  return {
    check: value =>
      /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most
        ? undefined
        : ` Reason: Must be an integer from ${least} to ${most}.`,
    default: String(standard),
  };
}

function oneOf(...values: string[]): (value: string) => string | undefined {
  return value => (values.includes(value) ? undefined : ` Reason: Must be ${values.join(' or ')}.`);
}

function jsonProblem(value: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'object' && parsed !== null ? undefined : ' Reason: It is not a JSON object.';
  } catch {
    return ' Reason: It is not valid JSON.';
  }
}

function policyProblem(value: string): string | undefined {
  const problem = resourcePolicyProblem(value);
  return problem === undefined ? undefined : ` Reason: ${problem}.`;
}

function redriveAllowPolicyProblem(value: string): string | undefined {
  const problem = jsonProblem(value);
  if (problem !== undefined) return problem;
  const {redrivePermission, sourceQueueArns} = JSON.parse(value) as Record<string, unknown>;
  if (!['allowAll', 'denyAll', 'byQueue'].includes(String(redrivePermission)))
    return ' Reason: redrivePermission must be allowAll, denyAll or byQueue.';
  if (redrivePermission === 'byQueue') {
    if (!Array.isArray(sourceQueueArns) || sourceQueueArns.length === 0 || sourceQueueArns.length > 10)
      return ' Reason: byQueue takes 1 to 10 sourceQueueArns.';
    return undefined;
  }
  return sourceQueueArns === undefined ? undefined : ' Reason: sourceQueueArns are only allowed with byQueue.';
}
