import {expect, test} from 'vitest';
import {deployedServicesText, prefixed} from '../../src/report/deploy-all.ts';

const plain = (text: string) => text;
const paint = {bold: plain, dim: plain, red: plain, yellow: plain, green: plain, cyan: plain};

test('a line that is too long for the terminal goes on behind the same service', () => {
  const line = '  + not known: !Ref Topic (it is the output AlarmTopicArn of orders)';
  expect(prefixed('mailer', {width: 7, columns: 48}, line, paint).split('\n')).toEqual([
    'mailer  |   + not known: !Ref Topic (it is the',
    'mailer  |     output AlarmTopicArn of orders)',
  ]);
  for (const columns of [undefined, 0])
    expect(prefixed('mailer', {width: 7, columns}, line, paint)).toBe(`mailer  | ${line}`);
});

test('what CloudFormation goes on with after ^C is not called undone', () => {
  const outcomes = [
    {service: 'orders', stack: 'orders', status: 'detached' as const},
    {service: 'billing', stack: 'billing', status: 'interrupted' as const},
  ];
  expect(deployedServicesText({outcomes, milliseconds: 1}, paint).split('\n')).toEqual([
    'Interrupted: CloudFormation goes on with 1 of 2 services',
    '  orders   detached',
    '  billing  not begun',
  ]);
});
