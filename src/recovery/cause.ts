export interface FailureCause {
  /** `transient`, `permanent`, or another word of the service's own. */
  readonly kind?: string;
  readonly name?: string;
  readonly message: string;
  readonly requestId?: string;
}

/** Why a message was given up, by whoever gave it up: the service, Lambda, EventBridge, or SQS, which knows no cause. */
export function causeOf(
  attributes: Readonly<Record<string, string>>,
  body: unknown,
  system: Readonly<Record<string, string>>,
): FailureCause | undefined {
  const {FailureKind, FailureName, FailureMessage} = attributes;
  if (FailureMessage !== undefined)
    return {...defined({kind: FailureKind, name: FailureName}), message: FailureMessage};
  // https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
  const {ErrorCode, ErrorMessage, RequestID} = attributes;
  if (ErrorMessage !== undefined) return {...defined({name: ErrorCode, requestId: RequestID}), message: ErrorMessage};
  // EventBridge and its Scheduler: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
  if (attributes.ERROR_MESSAGE !== undefined)
    return {...defined({name: attributes.ERROR_CODE}), message: attributes.ERROR_MESSAGE};
  const record = body as DestinationRecord | null | undefined;
  const {condition, requestId} = record?.requestContext ?? {};
  if (typeof condition === 'string') {
    const {errorType, errorMessage} = record?.responsePayload ?? {};
    return {
      ...defined({name: errorType ?? condition, requestId}),
      message: typeof errorMessage === 'string' ? errorMessage : condition,
    };
  }
  if (system.DeadLetterQueueSourceArn === undefined) return undefined;
  return {message: 'received too often without being deleted; the log of what reads the queue says more'};
}

/** What Lambda sends to a failure destination, as far as it is one: what a function answers is up to its author. */
interface DestinationRecord {
  readonly requestContext?: {readonly condition?: unknown; readonly requestId?: unknown} | null;
  readonly responsePayload?: {readonly errorType?: unknown; readonly errorMessage?: unknown} | null;
}

/** Those that are text. */
function defined(members: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(members).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
