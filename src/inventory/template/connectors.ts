import {readFileSync} from 'node:fs';
import {parsePolicy} from '../../iam/parse-policy.ts';
import {entry} from '../../model/entry.ts';
import type {IdentityPolicy} from '../../model/execution-role.ts';
import type {NotChecked} from '../../model/finding.ts';
import {isUnresolved} from '../../model/resolvable.ts';
import type {Environment} from './intrinsics.ts';
import {arnOfResource} from './references.ts';
import type {TemplateResource} from './resources.ts';
import type {Value} from './value.ts';

/**
 * The policies that SAM's connectors give to the roles of functions and state machines. A connector that takes the
 * policy of a queue, a topic or a function instead gives no role anything.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/reference-sam-connector.html
 */
export function readConnectorPolicies(
  resources: readonly TemplateResource[],
  environment: Environment,
  note: (unread: NotChecked) => void,
): readonly IdentityPolicy[] {
  return resources.flatMap(resource => {
    const {logicalId, properties} = resource;
    const own =
      resource.type === 'AWS::Serverless::Connector'
        ? [{logicalId, properties, source: properties.at('Source').at('Id').text()}]
        : [];
    const embedded = resource.connectors.entries().map(([name, connector]) => ({
      logicalId: `${logicalId}${name}`,
      properties: connector.at('Properties'),
      source: logicalId,
    }));
    return [...own, ...embedded].flatMap(({logicalId: name, properties: settings, source}) =>
      settings
        .at('Destination')
        .items()
        .flatMap(destination => {
          const ends = {
            source: resources.find(other => other.logicalId === source),
            destination: resources.find(other => other.logicalId === destination.at('Id').text()),
          };
          const policy = policyOf(name, ends, settings, environment);
          if (policy !== undefined) return policy;
          const reason = 'the ends of a connector are not resources of the template whose roles are known';
          note({rule: 'iam/*', resource: name, reason, origin: settings.origin});
          return [];
        }),
    );
  });
}

interface Ends {
  readonly source: TemplateResource | undefined;
  readonly destination: TemplateResource | undefined;
}

/** Undefined where that cannot be told. */
function policyOf(
  name: string,
  {source, destination}: Ends,
  settings: Value,
  environment: Environment,
): readonly IdentityPolicy[] | undefined {
  if (source === undefined || destination === undefined) return undefined;
  const profile = entry(entry(profiles(), plainType(source)) ?? {}, plainType(destination));
  if (profile === undefined) return [];
  const owner = profile.role === 'source' ? source : destination;
  const role = owner.property('Role').text() ?? arnOfResource(`${owner.logicalId}Role`, environment);
  const arns = {
    Source: arnOfResource(source.logicalId, environment),
    Destination: arnOfResource(destination.logicalId, environment),
  };
  const categories = settings
    .at('Permissions')
    .items()
    .map(item => item.text());
  if (isUnresolved(role) || categories.some(isUnresolved)) return undefined;
  const fill = (text: string) =>
    text.replaceAll(/\$\{(Source|Destination)\.(Arn|Name)\}/g, (_, end: keyof typeof arns, attribute: string) =>
      attribute === 'Arn' ? arns[end] : arns[end].replace(/^.*:/, ''),
    );
  const statements = (['Read', 'Write'] as const)
    .filter(category => categories.includes(category))
    .flatMap(category => profile[category] ?? [])
    .map(({Action, Resource}) => ({Effect: 'Allow', Action, Resource: Resource.map(fill)}));
  const {origin} = settings;
  const document = parsePolicy({Version: '2012-10-17', Statement: statements}, origin);
  return [{name: `${name}Policy`, resource: name, roles: [role], document, origin, template: 'connector'}];
}

/** A connector knows the resources of SAM by what they become. */
function plainType({type}: TemplateResource): string {
  return entry(plainTypes, type) ?? type;
}

const plainTypes: Readonly<Record<string, string>> = {
  'AWS::Serverless::Function': 'AWS::Lambda::Function',
  'AWS::Serverless::StateMachine': 'AWS::StepFunctions::StateMachine',
  'AWS::Serverless::Api': 'AWS::ApiGateway::RestApi',
  'AWS::Serverless::HttpApi': 'AWS::ApiGatewayV2::Api',
  'AWS::Serverless::SimpleTable': 'AWS::DynamoDB::Table',
};

type Statements = readonly {readonly Action: readonly string[]; readonly Resource: readonly string[]}[];

interface Profile {
  /** Whose role gets the policy. */
  readonly role: 'source' | 'destination';
  readonly Read?: Statements;
  readonly Write?: Statements;
}

type Profiles = Readonly<Record<string, Readonly<Record<string, Profile>>>>;

let loaded: Profiles | undefined;

/** Read when the first connector asks for one. */
function profiles(): Profiles {
  if (loaded === undefined) {
    const file = new URL('../../../data/sam-connectors.json', import.meta.url);
    loaded = (JSON.parse(readFileSync(file, 'utf8')) as {profiles: Profiles}).profiles;
  }
  return loaded;
}
