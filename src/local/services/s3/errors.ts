import type {RequestContext} from '../../operation.ts';
import {notImplemented, ServiceError} from '../../service-error.ts';

export function noSuchBucket(name: string): ServiceError {
  return new ServiceError('NoSuchBucket', 'The specified bucket does not exist', {
    status: 404,
    members: {BucketName: name},
  });
}

/** Who may not list the bucket is not told that a key is missing: for them it is forbidden, as in AWS. */
export function noSuchKey(context: RequestContext, bucket: string, key: string): ServiceError {
  const resource = `arn:aws:s3:::${bucket}`;
  if (context.allows?.({action: 's3:ListBucket', resource}) !== false)
    return new ServiceError('NoSuchKey', 'The specified key does not exist.', {status: 404, members: {Key: key}});
  const who = context.caller.kind === 'service' ? context.caller.principal : context.caller.arn;
  return new ServiceError(
    'AccessDenied',
    `User: ${who} is not authorized to perform: s3:ListBucket on resource: "${resource}" because no identity-based policy allows the s3:ListBucket action`,
    {status: 403},
  );
}

export function noSuchVersion(key: string, versionId: string): ServiceError {
  return new ServiceError('NoSuchVersion', 'The specified version does not exist.', {
    status: 404,
    members: {Key: key, VersionId: versionId},
  });
}

export function noSuchUpload(uploadId: string): ServiceError {
  return new ServiceError(
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    {status: 404, members: {UploadId: uploadId}},
  );
}

export function preconditionFailed(condition: string): ServiceError {
  return new ServiceError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
    status: 412,
    members: {Condition: condition},
  });
}

export function invalidArgument(message: string, name?: string, value?: string): ServiceError {
  return new ServiceError('InvalidArgument', message, {
    members: {...(name && {ArgumentName: name}), ...(value !== undefined && {ArgumentValue: value})},
  });
}

/** Ownership is enforced on new buckets, so that only the access lists which change nothing are taken. */
export function checkAcl(acl: string | undefined): void {
  if (acl !== undefined && acl !== 'private' && acl !== 'bucket-owner-full-control')
    throw notImplemented(`the access control list ${acl}: a bucket policy says the same`);
}

export function checkEncryption(algorithm: string | undefined): void {
  if (algorithm !== undefined && algorithm !== 'AES256')
    throw notImplemented(`the encryption ${algorithm}: it has no KMS; AES256 encrypts without a key`);
}

export function malformedXml(): ServiceError {
  return new ServiceError(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );
}
