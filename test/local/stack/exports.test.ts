// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a template has placeholders of its own
import {expect, test} from 'vitest';
import {openStackBench} from './stack-bench.ts';

const exporting = (name: string) => ({
  Resources: {Inbox: {Type: 'AWS::SQS::Queue', Properties: {QueueName: name}}},
  Outputs: {Arn: {Value: {'Fn::GetAtt': 'Inbox.Arn'}, Export: {Name: {'Fn::Sub': '${AWS::StackName}-arn'}}}},
});
const importing = JSON.stringify({
  Resources: {Logs: {Type: 'AWS::Logs::LogGroup', Properties: {LogGroupName: {'Fn::ImportValue': 'orders-arn'}}}},
});

test('another stack imports what one exports, and while it does the export stays', async () => {
  const stack = openStackBench();
  await stack.deploy(exporting('inbox'));
  expect(await stack.call('ListExports')).toMatchObject({
    Exports: [{Name: 'orders-arn', Value: 'arn:aws:sqs:us-east-1:000000000000:inbox'}],
  });
  await stack.call('CreateStack', {StackName: 'reader', TemplateBody: importing});
  await expect
    .poll(() => stack.call('DescribeStacks', {StackName: 'reader'}))
    .toMatchObject({
      Stacks: [{StackStatus: 'CREATE_COMPLETE'}],
    });
  expect(stack.calls).toContain('logs:CreateLogGroup arn:aws:sqs:us-east-1:000000000000:inbox');
  expect(await stack.call('ListImports', {ExportName: 'orders-arn'})).toEqual({Imports: ['reader']});

  expect(await stack.deploy(exporting('other'))).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await stack.events()).toContain(
    'orders UPDATE_ROLLBACK_IN_PROGRESS Export orders-arn cannot be updated as it is in use by reader',
  );
  expect(await stack.destroy()).toBe('DELETE_FAILED');
  expect((await stack.events()).at(-1)).toContain('Cannot delete export orders-arn as it is in use by reader.');
  await stack.close();
});

test('two stacks cannot export the same name', async () => {
  const stack = openStackBench();
  await stack.deploy(exporting('inbox'));
  const same = JSON.stringify(exporting('outbox')).replace('${AWS::StackName}', 'orders');
  await stack.call('CreateStack', {StackName: 'second', TemplateBody: same});
  await expect
    .poll(() => stack.call('DescribeStacks', {StackName: 'second'}))
    .toMatchObject({
      Stacks: [{StackStatus: 'ROLLBACK_COMPLETE'}],
    });
  expect(await stack.call('DescribeStackEvents', {StackName: 'second'})).toMatchObject({
    StackEvents: expect.arrayContaining([
      expect.objectContaining({
        ResourceStatusReason:
          'Export with name orders-arn is already exported by stack orders. Rollback requested by user.',
      }),
    ]),
  });
  await stack.close();
});
