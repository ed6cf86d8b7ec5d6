import {document, required, string, structure} from '../../shape.ts';
import {policyText} from '../policy-text.ts';
import {defineResource} from '../resource-type.ts';

export const s3BucketPolicy = defineResource({
  type: 'AWS::S3::BucketPolicy',
  properties: structure({Bucket: required(string), PolicyDocument: required(document)}),
  createOnly: ['Bucket'],
  attributes: [],
  async create({Bucket, PolicyDocument}, context) {
    await context.call('s3', 'PutBucketPolicy', {Bucket, Policy: policyText(PolicyDocument)});
    return {id: Bucket};
  },
  async update({id: Bucket}, {PolicyDocument}, context) {
    await context.call('s3', 'PutBucketPolicy', {Bucket, Policy: policyText(PolicyDocument)});
    return {id: Bucket};
  },
  async delete({properties: {Bucket}}, context) {
    await context.call('s3', 'DeleteBucketPolicy', {Bucket});
  },
});
