import type {Template} from '../../cloudformation/parse.ts';
import {valueAt} from '../../cloudformation/value-at.ts';
import {listed} from '../listed.ts';
import {functionsOf, statementsOf} from './functions-of.ts';

/** What the README of a service in a VPC says about it. */
export function vpcChapter(template: Template, reason: string): string {
  return `
Every function is in a VPC, for this reason:

> ${reason}

It stands in \`template.yaml\`, under \`Metadata.Gear.VpcReason\` of each function, where \`gear audit\` looks for it, and in the tag
\`gear:VpcReason\`, where it looks in an account. When it is no longer true, take the \`VpcConfig\` away: a VPC makes nothing safer
by itself.

A deployment is told where, and later ones remember it:

    gear deploy --parameter SubnetIds=subnet-...,subnet-... --parameter SecurityGroupIds=sg-...

Give private subnets in two availability zones or more, so that the functions outlive one of them; a single subnet is refused.
Who deploys needs \`ec2:DescribeSubnets\`, \`ec2:DescribeSecurityGroups\` and \`ec2:DescribeVpcs\`. On this machine any ids will do:
the network is not simulated, but what Lambda asks of the roles is.

What it costs:

- A function in a VPC has no public address, whatever its subnet. ${reaches(servicesOf(template))}
- What is not AWS, and has no address in the VPC, is reached through a NAT gateway only: paid by the hour in each zone, and by the
  gigabyte.
- Deleting a function, or moving it to other subnets, waits until Lambda has given its network interfaces back. That can take
  20 minutes or more.

Its log, and what Lambda reads from a queue or a stream for it, do not go through the VPC.

The roles allow Lambda to make network interfaces, which AWS asks for on every interface of the account.
\`NetworkForLambdaAlone\` denies the same to the code of the functions. A function that \`gear new function\` adds joins them in the VPC.
`;
}

function reaches(services: readonly string[]): string {
  const free = services.filter(service => gateways.has(service));
  const paid = services.filter(service => !gateways.has(service));
  const sentences = [
    ...(free.length > 0
      ? [
          `${listed(free)} ${free.length > 1 ? 'have gateway endpoints, which cost' : 'has a gateway endpoint, which costs'} nothing.`,
        ]
      : []),
    ...(paid.length > 0
      ? [
          `${listed(paid)} ${paid.length > 1 ? 'take an interface endpoint each' : 'takes an interface endpoint'}, paid by the hour in each zone, or the NAT gateway.`,
        ]
      : []),
  ];
  return `The functions call ${listed(services)}.\n  ${sentences.join('\n  ')}`;
}

/** AWS's names of what the roles name, less what Lambda itself does with them. */
function servicesOf(template: Template): readonly string[] {
  const actions = functionsOf(template).flatMap(({role}) =>
    (valueAt(template.body, statementsOf(role)) as readonly {readonly Action: readonly string[]}[]).flatMap(
      ({Action}) => Action,
    ),
  );
  const prefixes = new Set(actions.filter(action => !polling.test(action)).map(action => action.split(':')[0]!));
  return Object.entries(names).flatMap(([prefix, name]) => (prefixes.has(prefix) ? [name] : []));
}

/** What Lambda calls to poll, on its own network. */
const polling =
  /^(sqs:(ReceiveMessage|DeleteMessage|GetQueueAttributes)|dynamodb:(DescribeStream|GetRecords|GetShardIterator|ListStreams))$/;

const names: Readonly<Record<string, string>> = {
  dynamodb: 'DynamoDB',
  s3: 'S3',
  kms: 'KMS',
  secretsmanager: 'Secrets Manager',
  sns: 'SNS',
  sqs: 'SQS',
};

const gateways: ReadonlySet<string> = new Set(['DynamoDB', 'S3']);
