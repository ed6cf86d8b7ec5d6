/** An error as an AWS service would answer it; each protocol gives it its own shape on the wire. */
export class ServiceError extends Error {
  /** AWS's code: 'AccessDenied', 'QueueDoesNotExist', 'ResourceNotFoundException'. */
  readonly code: string;
  readonly status: number;
  /** More members of the error's body, such as `Item` or `CancellationReasons`. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    message: string,
    {status = 400, members = {}}: {status?: number; members?: Record<string, unknown>} = {},
  ) {
    super(message);
    this.name = 'ServiceError';
    this.code = code;
    this.status = status;
    this.members = members;
  }
}

/** What is not implemented is refused by its name; 501 is an answer that no SDK retries. */
export function notImplemented(what: string): ServiceError {
  return new ServiceError('NotImplemented', `gear local does not implement ${what}`, {status: 501});
}
