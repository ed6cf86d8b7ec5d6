import {createHash} from 'node:crypto';
import type {AwsIdentity} from '../aws/identity.ts';
import type {FunctionPackage} from './package-functions.ts';
import {type PackagedTemplate, withUploads} from './package-template.ts';

interface Place {
  readonly identity: Pick<AwsIdentity, 'region'>;
  readonly service: string;
  readonly bucket: string;
}

/** As CloudFormation is given it; it is the same wherever the same service is packaged. */
export function uploadedTemplate(
  packaged: PackagedTemplate,
  {identity, service, bucket}: Place,
): ReturnType<typeof withUploads> {
  return withUploads(packaged, {
    bucket,
    keyOf: item => packageKey(service, item),
    urlOf: text => templateUrl(identity, bucket, templateKey(service, text)),
    keyOfText: text => templateKey(service, text),
  });
}

export function templateKey(service: string, text: string): string {
  return `${service}/template/${createHash('sha256').update(text).digest('hex')}.yaml`;
}

export function packageKey(service: string, {logicalId, zip}: FunctionPackage): string {
  return `${service}/${logicalId}/${zip.hash}.zip`;
}

/** As AWS names it, whatever the endpoint: CloudFormation takes nothing else, and what stands in for it knows this form. */
export function templateUrl({region}: Pick<AwsIdentity, 'region'>, bucket: string, key: string): string {
  return `https://${bucket}.s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}/${key}`;
}
