import {notImplemented} from '../../service-error.ts';

/** With DryRun an operation is authorised and does nothing; AWS answers with the error DryRunOperation, this with nothing. */
export function dryRun(operation: string, {DryRun}: {readonly DryRun?: boolean | undefined}): Record<string, never> {
  if (DryRun !== true) throw notImplemented(`ec2:${operation} without DryRun: there is no network`);
  return {};
}
