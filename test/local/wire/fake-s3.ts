import {createHash} from 'node:crypto';
import {Readable} from 'node:stream';
import {operationOf, type Service} from '../../../src/local/operation.ts';
import {trailersOf} from '../../../src/local/request-body.ts';
import {ServiceError} from '../../../src/local/service-error.ts';
import {
  boolean,
  document,
  list,
  map,
  required,
  stream,
  string,
  structure,
  timestamp,
} from '../../../src/local/shape.ts';
import {serviceOf} from './echo-cloud.ts';

const operation = operationOf<unknown>();
const permissions = () => [];

/** As much of S3 as shows every kind of binding; objects are kept in a map. */
export function fakeS3(): {service: Service; objects: Map<string, Buffer>; trailers: Map<string, string>} {
  const objects = new Map<string, Buffer>();
  const trailers = new Map<string, string>();
  const bucketAndKey = {Bucket: required(string), Key: required(string)};
  const service = serviceOf('s3', {kind: 'rest-xml'}, [
    operation({
      name: 'PutObject',
      input: structure({
        ...bucketAndKey,
        Body: stream,
        ContentType: string,
        Metadata: map(string),
        IfNoneMatch: string,
      }),
      http: {
        method: 'PUT',
        path: '/{Bucket}/{Key+}',
        headers: {ContentType: 'Content-Type', Metadata: 'x-amz-meta-', IfNoneMatch: 'If-None-Match'},
        payload: 'Body',
        responseHeaders: {ETag: 'ETag'},
      },
      permissions,
      async run({Bucket, Key, Body}) {
        if (Bucket === 'refused') throw new ServiceError('AccessDenied', 'Access Denied', {status: 403});
        const chunks: Buffer[] = [];
        for await (const chunk of Body!) chunks.push(Buffer.from(chunk));
        const bytes = Buffer.concat(chunks);
        objects.set(`${Bucket}/${Key}`, bytes);
        for (const [name, value] of trailersOf(Body!)) trailers.set(name, value);
        return {ETag: `"${createHash('md5').update(bytes).digest('hex')}"`};
      },
    }),
    operation({
      name: 'CopyObject',
      input: structure({...bucketAndKey, CopySource: required(string)}),
      http: {
        method: 'PUT',
        path: '/{Bucket}/{Key+}',
        requiresHeader: 'x-amz-copy-source',
        headers: {CopySource: 'x-amz-copy-source'},
        responseRoot: 'CopyObjectResult',
      },
      permissions,
      run: () => ({ETag: '"copied"', LastModified: new Date('2026-01-02T03:04:05Z')}),
    }),
    operation({
      name: 'GetObject',
      input: structure({
        ...bucketAndKey,
        ChecksumMode: string,
        IfModifiedSince: timestamp,
        ResponseContentType: string,
      }),
      http: {
        method: 'GET',
        path: '/{Bucket}/{Key+}',
        query: {ResponseContentType: 'response-content-type'},
        headers: {ChecksumMode: 'x-amz-checksum-mode', IfModifiedSince: 'If-Modified-Since'},
        responsePayload: 'Body',
        responseHeaders: {
          ContentLength: 'Content-Length',
          LastModified: 'Last-Modified',
          Metadata: 'x-amz-meta-',
          ContentType: 'Content-Type',
        },
      },
      permissions,
      run({Bucket, Key, ResponseContentType}) {
        const bytes = objects.get(`${Bucket}/${Key}`);
        if (bytes === undefined)
          throw new ServiceError('NoSuchKey', 'The specified key does not exist.', {status: 404, members: {Key}});
        return {
          Body: Readable.from([bytes.subarray(0, 3), bytes.subarray(3)], {objectMode: false}),
          ContentLength: bytes.length,
          ContentType: ResponseContentType,
          LastModified: new Date('2026-01-02T03:04:05Z'),
          Metadata: {team: 'örders'},
        };
      },
    }),
    operation({
      name: 'HeadObject',
      input: structure({...bucketAndKey, ChecksumMode: string}),
      http: {
        method: 'HEAD',
        path: '/{Bucket}/{Key+}',
        headers: {ChecksumMode: 'x-amz-checksum-mode'},
        responseHeaders: {ContentLength: 'Content-Length'},
      },
      permissions,
      run({Bucket, Key}) {
        const bytes = objects.get(`${Bucket}/${Key}`);
        if (bytes === undefined) throw new ServiceError('NotFound', 'Not Found', {status: 404});
        return {ContentLength: bytes.length};
      },
    }),
    operation({
      name: 'DeleteObject',
      input: structure(bucketAndKey),
      http: {method: 'DELETE', path: '/{Bucket}/{Key+}', status: 204},
      permissions,
      run: () => ({}),
    }),
    operation({
      name: 'DeleteObjects',
      input: structure({
        Bucket: required(string),
        Delete: required(structure({Object: list(structure({Key: required(string)})), Quiet: boolean})),
      }),
      http: {method: 'POST', path: '/{Bucket}?delete', payload: 'Delete', responseRoot: 'DeleteResult'},
      permissions,
      run: ({Delete}) => ({Deleted: Delete.Object?.map(({Key}) => ({Key}))}),
    }),
    operation({
      name: 'ListObjectsV2',
      input: structure({Bucket: required(string), Prefix: string, EncodingType: string}),
      http: {
        method: 'GET',
        path: '/{Bucket}?list-type=2',
        query: {Prefix: 'prefix', EncodingType: 'encoding-type'},
        responseRoot: 'ListBucketResult',
      },
      permissions,
      run: ({Bucket, Prefix}) => ({
        Name: Bucket,
        Prefix,
        Contents: [...objects.keys()].map(path => ({Key: path.slice(path.indexOf('/') + 1), Size: 1})),
      }),
    }),
    operation({
      name: 'ListObjects',
      input: structure({Bucket: required(string), EncodingType: string}),
      http: {
        method: 'GET',
        path: '/{Bucket}',
        query: {EncodingType: 'encoding-type'},
        responseRoot: 'ListBucketResult',
      },
      permissions,
      run: ({Bucket}) => ({Name: Bucket}),
    }),
    operation({
      name: 'CompleteMultipartUpload',
      input: structure({...bucketAndKey, UploadId: required(string), MultipartUpload: document}),
      http: {
        method: 'POST',
        path: '/{Bucket}/{Key+}?uploadId',
        query: {UploadId: 'uploadId'},
        payload: 'MultipartUpload',
      },
      permissions,
      run: () => ({}),
    }),
    operation({
      name: 'PutBucketTagging',
      input: structure({
        Bucket: required(string),
        Tagging: required(structure({TagSet: list(structure({Key: string, Value: string}), 'Tag')})),
      }),
      http: {method: 'PUT', path: '/{Bucket}?tagging', payload: 'Tagging', status: 204},
      permissions,
      run: () => ({}),
    }),
  ]);
  return {service, objects, trailers};
}
