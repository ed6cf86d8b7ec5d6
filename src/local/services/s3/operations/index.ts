import {abortMultipartUpload} from './abort-multipart-upload.ts';
import {completeMultipartUpload} from './complete-multipart-upload.ts';
import {copyObject} from './copy-object.ts';
import {createBucket} from './create-bucket.ts';
import {createMultipartUpload} from './create-multipart-upload.ts';
import {deleteBucket} from './delete-bucket.ts';
import {deleteBucketEncryption} from './delete-bucket-encryption.ts';
import {deleteBucketLifecycle} from './delete-bucket-lifecycle.ts';
import {deleteBucketPolicy} from './delete-bucket-policy.ts';
import {deleteBucketTagging} from './delete-bucket-tagging.ts';
import {deleteObject} from './delete-object.ts';
import {deleteObjectTagging} from './delete-object-tagging.ts';
import {deleteObjects} from './delete-objects.ts';
import {deletePublicAccessBlock} from './delete-public-access-block.ts';
import {getBucketEncryption} from './get-bucket-encryption.ts';
import {getBucketLifecycleConfiguration} from './get-bucket-lifecycle-configuration.ts';
import {getBucketLocation} from './get-bucket-location.ts';
import {getBucketNotificationConfiguration} from './get-bucket-notification-configuration.ts';
import {getBucketOwnershipControls} from './get-bucket-ownership-controls.ts';
import {getBucketPolicy} from './get-bucket-policy.ts';
import {getBucketPolicyStatus} from './get-bucket-policy-status.ts';
import {getBucketTagging} from './get-bucket-tagging.ts';
import {getBucketVersioning} from './get-bucket-versioning.ts';
import {getObject} from './get-object.ts';
import {getObjectLockConfiguration} from './get-object-lock-configuration.ts';
import {getObjectTagging} from './get-object-tagging.ts';
import {getPublicAccessBlock} from './get-public-access-block.ts';
import {headBucket} from './head-bucket.ts';
import {headObject} from './head-object.ts';
import {listBuckets} from './list-buckets.ts';
import {listMultipartUploads} from './list-multipart-uploads.ts';
import {listObjectVersions} from './list-object-versions.ts';
import {listObjects} from './list-objects.ts';
import {listObjectsV2} from './list-objects-v2.ts';
import {listParts} from './list-parts.ts';
import {putBucketEncryption} from './put-bucket-encryption.ts';
import {putBucketLifecycleConfiguration} from './put-bucket-lifecycle-configuration.ts';
import {putBucketNotificationConfiguration} from './put-bucket-notification-configuration.ts';
import {putBucketOwnershipControls} from './put-bucket-ownership-controls.ts';
import {putBucketPolicy} from './put-bucket-policy.ts';
import {putBucketTagging} from './put-bucket-tagging.ts';
import {putBucketVersioning} from './put-bucket-versioning.ts';
import {putObject} from './put-object.ts';
import {putObjectTagging} from './put-object-tagging.ts';
import {putPublicAccessBlock} from './put-public-access-block.ts';
import {uploadPart} from './upload-part.ts';

export const operations = [
  abortMultipartUpload,
  completeMultipartUpload,
  copyObject,
  createBucket,
  createMultipartUpload,
  deleteBucket,
  deleteBucketEncryption,
  deleteBucketLifecycle,
  deleteBucketPolicy,
  deleteBucketTagging,
  deleteObject,
  deleteObjectTagging,
  deleteObjects,
  deletePublicAccessBlock,
  getBucketEncryption,
  getBucketLifecycleConfiguration,
  getBucketLocation,
  getBucketNotificationConfiguration,
  getBucketOwnershipControls,
  getBucketPolicy,
  getBucketPolicyStatus,
  getBucketTagging,
  getBucketVersioning,
  getObject,
  getObjectLockConfiguration,
  getObjectTagging,
  getPublicAccessBlock,
  headBucket,
  headObject,
  listBuckets,
  listMultipartUploads,
  listObjectVersions,
  listObjects,
  listObjectsV2,
  listParts,
  putBucketEncryption,
  putBucketLifecycleConfiguration,
  putBucketNotificationConfiguration,
  putBucketOwnershipControls,
  putBucketPolicy,
  putBucketTagging,
  putBucketVersioning,
  putObject,
  putObjectTagging,
  putPublicAccessBlock,
  uploadPart,
];
