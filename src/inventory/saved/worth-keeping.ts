import type {Call} from '../../aws/watch-calls.ts';

/** What only says that the answer is not there yet is asked again until it is; that one is kept. */
export function isWorthKeeping({operation}: Call, output: object): boolean {
  const {status, JobStatus} = output as {readonly status?: string; readonly JobStatus?: string};
  if (operation === 'GetQueryResults') return status !== 'Scheduled' && status !== 'Running';
  return operation !== 'GetServiceLastAccessedDetails' || JobStatus !== 'IN_PROGRESS';
}
