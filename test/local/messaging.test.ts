import {expect, it} from 'vitest';
import {startLocalCloud} from '../../src/local/cloud.ts';
import {describeWithBoto3, printedBy} from './boto3.ts';

describeWithBoto3(() => {
  it('SNS, EventBridge and Scheduler are understood', async () => {
    const cloud = await startLocalCloud();
    const printed = await printedBy(new URL('messaging-boto3.py', import.meta.url), cloud.connection).finally(() =>
      cloud.close(),
    );
    const topic = 'arn:aws:sns:us-east-1:000000000000:boto-orders';
    const tags = [{Key: 'team', Value: 'a'}];
    expect(printed).toEqual({
      envelope: ['<book & more>', 's', {kind: {Type: 'String', Value: 'book'}, bytes: {Type: 'Binary', Value: 'AP8='}}],
      batch: [1, 0],
      raw: ['raw', 'book'],
      subscription: 'true',
      topic: 'Orders',
      topics: [topic],
      'by topic': ['arn:aws:sqs:us-east-1:000000000000:boto-messages'],
      tags,
      'no topic': ['NotFound', 404],
      sms: ['NotImplemented', 501],
      'failed targets': 0,
      'failed events': 0,
      event: {order: 7},
      rules: ['boto'],
      rule: 'ENABLED',
      buses: ['default'],
      'no rule': ['ResourceNotFoundException', 400],
      'bad pattern': ['InvalidEventPatternException', 400],
      schedule: ['ENABLED', 2020, '{"remind":true}'],
      schedules: ['soon'],
      'group tags': tags,
      reminded: {remind: true},
      'no schedule': ['ResourceNotFoundException', 404],
      groups: ['default'],
    });
  }, 30_000);
});
