import {expect, test} from 'vitest';
import {allWord, destroyAllQuestion, destroyedServicesText} from '../../src/report/destroy-all.ts';

const plain = (text: string) => text;
const paint = {bold: plain, dim: plain, red: plain, yellow: plain, green: plain, cyan: plain};

const nothing = {
  status: '',
  changed: undefined,
  exporting: [],
  deleted: [],
  retained: [],
  retainedByHand: [],
  inNetwork: [],
  protectedTables: [],
  packages: undefined,
};
const orders = {
  ...nothing,
  stackId: '1',
  stackName: 'orders-qa',
  buckets: [{logicalId: 'Inbox', bucket: 'inbox', versions: 2, uploads: 0, more: false}],
};
const billing = {...nothing, stackId: '2', stackName: 'billing-qa', buckets: []};

test('what has to be typed says how much goes, of which stage', () => {
  expect(allWord([orders, billing], 'qa')).toBe('all 2 services of qa');
  expect(allWord([orders, billing], undefined)).toBe('all 2 services');
  expect(allWord([orders], 'qa')).toBe('orders-qa');
  expect(destroyAllQuestion([billing, orders], 'all 2 services of qa')).toBe(
    'This deletes billing-qa, orders-qa and all that is in 1 bucket for good. Type "all 2 services of qa" to go on:',
  );
});

test('what CloudFormation goes on deleting after ^C is told from what stands', () => {
  const outcomes = [
    {service: 'mailer', stack: 'mailer', status: 'detached' as const, certain: true},
    {service: 'billing', stack: 'billing', status: 'interrupted' as const, begun: true},
    {service: 'media', stack: 'media', status: 'interrupted' as const, begun: true, partly: true as const},
    {service: 'orders', stack: 'orders', status: 'interrupted' as const, begun: false},
    {service: 'stock', stack: 'stock', status: 'absent' as const},
  ];
  const text = (from: number) =>
    destroyedServicesText({outcomes: outcomes.slice(from), milliseconds: 1, shown: (_, command) => command}, paint);
  expect(text(0).split('\n')).toEqual([
    'Interrupted. CloudFormation goes on deleting 1 of 4 services; the same command watches it.',
    '  mailer   being deleted',
    '  billing  interrupted: the stack stands, what was taken out of its buckets is gone',
    '  media    interrupted: the stack is in DELETE_FAILED, and part of it is gone',
    '  orders   not begun',
    '  stock    not deployed',
  ]);
  expect(text(1)).toMatch(/^Interrupted. No stack was deleted.\n/);
});

test('what stays is named by its service, with how to delete it where that is', () => {
  const retained = [
    {logicalId: 'Archive', physicalId: 'orders-archive', type: 'AWS::S3::Bucket'},
    {logicalId: 'Rows', physicalId: 'orders-rows', type: 'AWS::DynamoDB::Table', isProtected: true as const},
  ];
  const destroyed = {retained, emptied: [{bucket: 'inbox', versions: 2, uploads: 0}]};
  const outcomes = [{service: 'orders', stack: 'orders', status: 'deleted' as const, plan: orders, destroyed}];
  const shown = (service: string, command: string) => `${command} (${service})`;
  expect(destroyedServicesText({outcomes, milliseconds: 1200, shown}, paint).split('\n')).toEqual([
    'Deleted 1 service in 1.2 s, with 2 versions of objects',
    '  orders  deleted',
    'This stays and belongs to no stack any more. To delete it, too:',
    '  orders.Archive  gear destroy --bucket orders-archive (orders)',
    '  orders.Rows     aws dynamodb update-table --table-name orders-rows --no-deletion-protection-enabled && aws dynamodb wait table-exists --table-name orders-rows && aws dynamodb delete-table --table-name orders-rows (orders)',
  ]);
});
