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
  const condition = record?.requestContext?.condition;
  if (condition !== undefined) {
    const {errorType, errorMessage} = record?.responsePayload ?? {};
    return {
      ...defined({name: errorType ?? condition, requestId: record?.requestContext?.requestId}),
      message: errorMessage ?? condition,
    };
  }
  if (system.DeadLetterQueueSourceArn === undefined) return undefined;
  return {message: 'received too often without being deleted; the log of what reads the queue says more'};
}

/** What Lambda sends to a failure destination. */
interface DestinationRecord {
  readonly requestContext?: {readonly condition?: string; readonly requestId?: string};
  readonly responsePayload?: {readonly errorType?: string; readonly errorMessage?: string} | null;
}

function defined(members: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(members).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
