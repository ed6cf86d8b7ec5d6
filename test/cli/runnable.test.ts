import {expect, test} from 'vitest';
import {placeOf, runnable} from '../../src/cli/runnable.ts';

const dev = ['gear', 'destroy', '--profile', 'dev', '--region=eu-west-1'];
const local = ['destroy', './orders', '--local'];
const elsewhere = ['destroy', '--local', '--dir', 'my orders'];

const cases: readonly (readonly [argv: readonly string[], proposed: string, shown: string])[] = [
  [[], 'gear destroy --stack user', 'gear destroy --stack user'],
  [local, 'gear destroy --stack user', 'gear destroy --local --stack user'],
  [dev, 'gear destroy --stack user', 'gear destroy --region eu-west-1 --profile dev --stack user'],
  [local, 'gear deploy again: a role takes seconds', 'gear deploy --local again: a role takes seconds'],
  [['diff', '--stage', 'dev'], 'gear deploy', 'gear deploy --stage dev'],
  [['diff', '--stage', 'dev'], 'gear destroy --stack user', 'gear destroy --stack user'],
  [local, 'gear dlq list', 'gear dlq list --local'],
  [local, 'gear deploy --help', 'gear deploy --help'],
  [local, 'gear deploy --watch --local', 'gear deploy --watch --local'],
  [local, 'gear local start', 'gear local start'],
  [local, 'aws sqs list-queues', 'gear local aws -- sqs list-queues'],
  [elsewhere, 'aws sqs list-queues', "gear local aws --dir 'my orders' -- sqs list-queues"],
  [dev, 'aws sqs list-queues', 'aws --region eu-west-1 --profile dev sqs list-queues'],
  [
    local,
    'aws cloudformation delete-stack --stack-name a, then gear deploy',
    'gear local aws -- cloudformation delete-stack --stack-name a, then gear deploy --local',
  ],
  [local, 'aws sqs a-b && aws sqs c-d', 'gear local aws -- sqs a-b && gear local aws -- sqs c-d'],
  [dev, 'who looks after the aws account', 'who looks after the aws account'],
  [['logs', '--', '--local'], 'aws sqs list-queues', 'aws sqs list-queues'],
];

test.each(cases)('after %j, "%s" is "%s"', (argv, proposed, shown) => {
  expect(runnable(proposed, placeOf(argv))).toBe(shown);
});
