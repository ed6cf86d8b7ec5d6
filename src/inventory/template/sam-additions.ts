import {parsePolicy} from '../../iam/parse-policy.ts';
import {entry} from '../../model/entry.ts';
import type {IdentityPolicy} from '../../model/execution-role.ts';
import {isUnresolved} from '../../model/resolvable.ts';
import type {TemplateResource} from './resources.ts';
import type {Value} from './value.ts';

/**
 * The inline policies that SAM adds to the role of a function by itself: for its dead-letter queue, its destinations,
 * and the brokers it reads from. (`_construct_role` and `get_policy_statements` of SAM's translator.)
 */
export function policiesAddedBySam(resource: TemplateResource, role: string): readonly IdentityPolicy[] {
  if (resource.type !== 'AWS::Serverless::Function') return [];
  const {logicalId, property} = resource;
  const deadLetters = property('DeadLetterQueue');
  const destinations = property('EventInvokeConfig').at('DestinationConfig');
  const grants = [
    grant(
      'DeadLetterQueuePolicy',
      deadLetters,
      deadLetters.at('TargetArn'),
      entry(sends, String(deadLetters.at('Type').text())),
    ),
    ...['OnSuccess', 'OnFailure'].map(name => {
      const to = destinations.at(name);
      const type = String(to.at('Type').text());
      const madeBySam = `\${${logicalId}.Destination${type === 'SNS' ? 'Topic' : 'Queue'}.Arn}`;
      return grant(`${name}Policy`, to, to.at('Destination'), entry(sends, type), madeBySam);
    }),
    ...property('Events')
      .entries()
      .flatMap(([name, event]) => brokerGrants(name, event)),
  ];
  return grants.flatMap(found =>
    found === undefined
      ? []
      : [
          {
            name: found.name,
            resource: logicalId,
            roles: [role],
            document: parsePolicy({Version: '2012-10-17', Statement: found.statements}, found.origin.origin),
            origin: found.origin.origin,
            template: 'SAM',
          },
        ],
  );
}

const sends: Readonly<Record<string, string>> = {
  EventBridge: 'events:PutEvents',
  Lambda: 'lambda:InvokeFunction',
  SNS: 'sns:Publish',
  SQS: 'sqs:SendMessage',
};

interface Grant {
  readonly name: string;
  readonly statements: readonly object[];
  readonly origin: Value;
}

/** SAM makes the queue or topic itself where none is named; what cannot be known stands as a placeholder. */
function grant(name: string, at: Value, target: Value, action: string | undefined, madeBySam = '*'): Grant | undefined {
  if (!at.exists || action === undefined) return undefined;
  return {
    name,
    statements: [{Effect: 'Allow', Action: action, Resource: arnAt(target, madeBySam)}],
    origin: at,
  };
}

function arnAt(target: Value, otherwise: string): string {
  const text = target.text();
  return isUnresolved(text) ? `\${${text.text}}` : (text ?? otherwise);
}

function brokerGrants(name: string, event: Value): readonly Grant[] {
  const type = String(event.at('Type').text());
  if (!['MQ', 'DocumentDB', 'MSK', 'SelfManagedKafka'].includes(type)) return [];
  const properties = event.at('Properties');
  const secrets = properties
    .at('SourceAccessConfigurations')
    .items()
    .filter(item =>
      (type === 'MSK' ? /^CLIENT_CERTIFICATE/ : /AUTH$|CERTIFICATE$/).test(String(item.at('Type').text())),
    )
    .map(item => ({Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: arnAt(item.at('URI'), '*')}));
  const describe = {
    MQ: [{Effect: 'Allow', Action: 'mq:DescribeBroker', Resource: arnAt(properties.at('Broker'), '*')}],
    DocumentDB: [{Effect: 'Allow', Action: 'rds:DescribeDBClusters', Resource: arnAt(properties.at('Cluster'), '*')}],
  }[type];
  const statements = [...secrets, ...(describe ?? [])];
  return statements.length === 0 ? [] : [{name: `${name}Policy`, statements, origin: event}];
}
