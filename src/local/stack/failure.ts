import {ServiceError} from '../service-error.ts';

/** A failure as the reason of an event: the service's own sentence, and its code. */
export function describeFailure(error: unknown): string {
  if (error instanceof ServiceError) return error.message;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** The same error, its message saying which call of which service it was. */
export function naming(error: unknown, service: string, operation: string): unknown {
  if (!(error instanceof ServiceError)) return error;
  return new ServiceError(
    error.code,
    `${error.message} (Service: ${service}, Operation: ${operation}, Status Code: ${error.status}, Error Code: ${error.code})`,
    {status: error.status},
  );
}

/** Whether the service said that the thing is not there. */
export function isAbsent(error: unknown): boolean {
  return (
    error instanceof ServiceError &&
    (error.status === 404 || /NoSuch|NotFound|NonExistent|DoesNotExist/.test(error.code))
  );
}

/** For a part of a deletion that may have happened already. */
export async function ignoringAbsence(deletion: Promise<unknown>): Promise<void> {
  await deletion.catch(error => {
    if (!isAbsent(error)) throw error;
  });
}
