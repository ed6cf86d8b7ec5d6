import {afterEach, expect, test} from 'vitest';
import {orderServices} from '../../../src/deploy/all/service-graph.ts';
import {findServices} from '../../../src/project/find-services.ts';
import {writeRepository} from './repository.ts';

let repository: ReturnType<typeof writeRepository>;
afterEach(() => repository.remove());

const topic = 'Resources: {Alarms: {Type: AWS::SNS::Topic}}\nOutputs: {AlarmTopicArn: {Value: !Ref Alarms}}\n';
const takes = (output: string) => `parameters: {TopicArn: "\${${output}}"}\n`;
const taker = 'Parameters: {TopicArn: {Type: String}}\nResources: {}\n';

function order(files: Readonly<Record<string, string>>) {
  repository = writeRepository(files);
  return orderServices(findServices(repository.folder)).map(({project, waitsFor}) => [project.service, waitsFor]);
}

test('a service stands behind those that it depends on and whose outputs it takes', () => {
  expect(
    order({
      'billing/gear.yaml': `${takes('orders.AlarmTopicArn')}dependsOn: [orders, mailer]\n`,
      'billing/template.yaml': taker,
      'mailer/gear.yaml': 'dependsOn: [orders]',
      'mailer/template.yaml': 'Resources: {}',
      'team/orders/gear.yaml': 'service: orders\n',
      'team/orders/template.yaml': topic,
    }),
  ).toEqual([
    ['orders', []],
    ['mailer', ['orders']],
    ['billing', ['orders', 'mailer']],
  ]);
});

test('settings of the audit at the root, installed packages and hidden folders are no services', () => {
  expect(
    order({
      'gear.yaml': 'audit: {ignore: []}\n',
      'orders/gear.yaml': '',
      'orders/template.yaml': topic,
      'orders/node_modules/other/gear.yaml': 'service: other',
      '.gear/copy/gear.yaml': 'service: copy',
    }),
  ).toEqual([['orders', []]]);
});

const services = (settings: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(settings).flatMap(([name, yaml]) => [
      [`${name}/gear.yaml`, yaml],
      [`${name}/template.yaml`, topic],
    ]),
  );

test.each([
  [
    'a circle',
    {
      orders: 'dependsOn: [billing]',
      billing: 'dependsOn: [mailer]',
      mailer: takes('orders.AlarmTopicArn'),
    },
    /in a circle: billing -> mailer -> orders -> billing$/,
  ],
  ['a service that waits for itself', {orders: 'dependsOn: [orders]'}, /in a circle: orders -> orders$/],
  [
    'an unknown service',
    {orders: 'dependsOn:\n  [oders]'},
    /orders.gear\.yaml:2: there is no service oders, which dependsOn names/,
  ],
  [
    'an output of an unknown service',
    {orders: takes('oders.Arn')},
    /gear\.yaml:1: there is no service oders, which the parameter TopicArn names/,
  ],
  [
    'an unknown output',
    {orders: '', billing: takes('orders.QueueUrl')},
    /billing.gear\.yaml:1: .*template\.yaml has no output QueueUrl, which the parameter TopicArn takes from orders/,
  ],
  [
    'a name that two services have',
    {orders: '', other: 'service: orders'},
    /other is the service orders, and so is .*orders$/,
  ],
  [
    'a stack that two services have',
    {orders: '', other: 'stack: orders'},
    /other is deployed as the stack orders, and so is/,
  ],
])('%s is refused by its name', (_, settings, message) => {
  expect(() => order(services(settings))).toThrow(message);
});

test('an output that a transform may make is not missed', () => {
  const files = services({orders: '', billing: takes('orders.QueueUrl')});
  expect(order({...files, 'orders/template.yaml': `Transform: AWS::Serverless-2016-10-31\n${topic}`})).toHaveLength(2);
});
