import type {RemovedPackages} from '../deploy/remove-packages.ts';
import type {UploadedPackages} from '../deploy/uploaded-packages.ts';
import {byteSize} from '../model/byte-size.ts';

/** What became of the packages that deployments have uploaded. */
export function removedPackagesLine(
  {bucket, service, removed, bytes: size, kept, keptFor, young}: RemovedPackages,
  {dryRun}: {readonly dryRun: boolean},
): string {
  const where = `s3://${bucket}/${service}/`;
  const stay = (count: number) => `; ${count} ${count === 1 ? 'stays' : 'stay'}`;
  const fresh = `${stay(young)}, less than an hour old: a deployment may be about to use ${young === 1 ? 'it' : 'them'}`;
  const stays = `${kept === 0 ? '' : `${stay(kept)} for ${keptFor.join(', ')}`}${young === 0 ? '' : fresh}`;
  if (removed === 0) return `No uploaded packages to remove from ${where}${stays}`;
  const what = removed === 1 ? '1 package or template' : `${removed} packages and templates`;
  return `${dryRun ? 'Would remove' : 'Removed'} ${what} (${byteSize(size)}) from ${where}${stays}`;
}

/** Nobody asked for their removal; `command` does it, where the service is at hand by whose name they are found. */
export function leftPackagesLine({bucket, service}: UploadedPackages, command: string | undefined): string {
  const stay = `Its packages stay in s3://${bucket}/${service}/.`;
  return command === undefined ? stay : `${stay} To remove those that no other stack names:\n  ${command}`;
}

/** The same of several services: one command for all of them. */
export function leftPackagesLines(left: readonly UploadedPackages[], command: string): readonly string[] {
  if (left.length === 0) return [];
  const where = left.map(({bucket, service}) => `s3://${bucket}/${service}/`);
  return [`Their packages stay in ${where.join(', ')}. To remove those that no other stack names:`, `  ${command}`];
}
