import {expect, test} from 'vitest';
import type {AwsClients} from '../../../src/aws/clients.ts';
import {parseTemplate} from '../../../src/cloudformation/parse.ts';
import type {PackagedTemplate} from '../../../src/deploy/package-template.ts';
import {draftReview} from '../../../src/deploy/review/draft-review.ts';

/** An account without stacks. */
const clients = {
  cloudFormation: async () => ({
    async describeStacks() {
      throw Object.assign(new Error('Stack with id orders does not exist'), {name: 'ValidationError'});
    },
  }),
} as unknown as AwsClients;

function packaged(nestedText: string, hash: string): PackagedTemplate {
  const zip = {hash, bytes: new Uint8Array(), zippedBytes: 0, unzippedBytes: 0};
  const inner = {
    template: parseTemplate(nestedText, 'storage.yaml'),
    packages: [{logicalId: 'Save', zip}],
    included: [],
    nested: [],
  };
  const text = 'Resources: {Storage: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: storage.yaml}}}';
  return {
    template: parseTemplate(text, 'template.yaml'),
    packages: [],
    included: [],
    nested: [{logicalId: 'Storage', ...inner}],
  };
}

const save = 'Save: {Type: AWS::Lambda::Function, Properties: {Code: src}}';

async function hashOf(content: PackagedTemplate): Promise<string> {
  const identity = {account: '000000000000', region: 'eu-central-1', arn: ''};
  return (
    await draftReview(clients, identity, {service: 'orders', stackName: 'orders', packaged: content, parameters: {}})
  ).hash;
}

test('the hash of a draft is over nested templates and their packages, too', async () => {
  const before = await hashOf(packaged(`Resources: {Queue: {Type: AWS::SQS::Queue}, ${save}}`, 'a'));
  expect(await hashOf(packaged(`Resources: {Queue: {Type: AWS::SQS::Queue}, ${save}}`, 'a'))).toBe(before);
  expect(await hashOf(packaged(`Resources: {Queue: {Type: AWS::SQS::Queue}, ${save}}`, 'b'))).not.toBe(before);
  expect(await hashOf(packaged(`Resources: {Topic: {Type: AWS::SNS::Topic}, ${save}}`, 'a'))).not.toBe(before);
});
