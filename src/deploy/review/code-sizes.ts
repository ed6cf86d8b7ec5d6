import type {AwsClients} from '../../aws/clients.ts';
import type {PlacedTemplate} from '../../cloudformation/placed-template.ts';
import type {PlannedChange} from '../change-set.ts';

/** A function whose package changes. */
export interface CodeSize {
  readonly function: string;
  /** Bytes, zipped. Absent for a new function, and where the old package is no longer there. */
  readonly before?: number;
  readonly after: number;
}

/** Of the old packages as they lie in the artefact bucket: whoever may deploy may list it, and need not see functions. */
export function codeSizes(
  clients: AwsClients,
  changes: readonly PlannedChange[],
  packageBytes: Readonly<Record<string, number>>,
  deployed: PlacedTemplate | undefined,
): Promise<readonly CodeSize[]> {
  const changed = changes.filter(
    ({logicalId, action, properties}) =>
      logicalId in packageBytes && (action === 'Add' || properties.some(({name}) => name === 'Code')),
  );
  const resources = (deployed?.body.Resources ?? {}) as Readonly<Record<string, DeployedFunction | null>>;
  return Promise.all(
    changed.map(async ({logicalId}) => {
      const before = await sizeOf(clients, resources[logicalId]?.Properties?.Code);
      return {function: logicalId, ...(before === undefined ? {} : {before}), after: packageBytes[logicalId]!};
    }),
  );
}

interface DeployedFunction {
  readonly Properties?: {readonly Code?: {readonly S3Bucket?: unknown; readonly S3Key?: unknown}};
}

/** Nobody is kept from deploying because of a figure. */
async function sizeOf(
  clients: AwsClients,
  {S3Bucket, S3Key}: NonNullable<DeployedFunction['Properties']>['Code'] = {},
) {
  if (typeof S3Bucket !== 'string' || typeof S3Key !== 'string') return undefined;
  try {
    const {Contents = []} = await (await clients.s3()).listObjectsV2({Bucket: S3Bucket, Prefix: S3Key});
    return Contents.find(({Key}) => Key === S3Key)?.Size;
  } catch {
    return undefined;
  }
}
