import {type CatalogueAction, catalogueIndex, serviceCatalogue} from './catalogue-data.ts';
import {matchesGlob} from './glob.ts';
import {overlapsResource} from './match.ts';

type AccessLevel = 'List' | 'Read' | 'Write' | 'Tagging' | 'Permissions management';

/**
 * Whether a policy can narrow the action to a resource: `must-be-star` has no resource type; `optional` lists one, but
 * is commonly called without any (`cloudwatch:PutMetricData`), so that a star is no mistake.
 */
type ActionClass = 'must-be-star' | 'restrictable' | 'optional';

export interface ActionDescription {
  /** In AWS's spelling: `s3:GetObject`. */
  readonly action: string;
  readonly accessLevel: AccessLevel;
  readonly resourceTypes: readonly ResourceType[];
  readonly class: ActionClass;
}

export interface ResourceType {
  readonly name: string;
  readonly required: boolean;
  /** With a star for every variable part: `arn:*:sqs:*:*:*`. */
  readonly arn: string;
}

/** Undefined for an action that AWS does not have. https://docs.aws.amazon.com/service-authorization/latest/reference/ */
export function describeAction(action: string): ActionDescription | undefined {
  const known = descriptions.get(action);
  if (known !== undefined) return known;
  const [prefix = '', name = ''] = action.split(':');
  const catalogue = serviceCatalogue(prefix);
  const found = catalogue?.actions.get(name.toLowerCase());
  if (catalogue === undefined || found === undefined) return undefined;
  const fullName = `${prefix.toLowerCase()}:${found.name}`;
  const description: ActionDescription = {
    action: fullName,
    accessLevel: accessLevels[found.level]!,
    resourceTypes: found.types.map(type => ({...type, arn: catalogue.resourceTypes.get(type.name) ?? '*'})),
    class: classOf(fullName, found),
  };
  descriptions.set(action, description);
  return description;
}

// Several rules ask for the same few dozen in every template.
const descriptions = new Map<string, ActionDescription>();

/** The actions that a pattern such as `s3:Get*` stands for, in AWS's spelling; empty when there is none. */
export function expandAction(pattern: string): string[] {
  const [prefix = '', name = ''] = pattern === '*' ? ['*', '*'] : pattern.toLowerCase().split(':');
  return [...catalogueIndex().services]
    .filter(service => matchesGlob(prefix, service))
    .flatMap(service =>
      [...(serviceCatalogue(service)?.actions ?? [])]
        .filter(([key]) => matchesGlob(name, key))
        .map(([, action]) => `${service}:${action.name}`),
    );
}

export function isKnownAction(action: string): boolean {
  return describeAction(action) !== undefined;
}

export function isKnownService(prefix: string): boolean {
  return catalogueIndex().services.has(prefix.toLowerCase());
}

export function resourceTypesOf(action: string): readonly ResourceType[] {
  return describeAction(action)?.resourceTypes ?? [];
}

/** Whether a Resource pattern can match any resource that the action knows: `sqs:SendMessage` on a bucket cannot. */
export function actionCanMatch(action: string, resource: string): boolean {
  if (resource === '*') return true;
  return resourceTypesOf(action).some(
    type => overlapsResource(type.arn, resource) && !(isBucket(action, type) && resource.includes('/')),
  );
}

/** The day of the data. */
export function dataDate(): string {
  return catalogueIndex().date;
}

const accessLevels: Readonly<Record<string, AccessLevel>> = {
  L: 'List',
  R: 'Read',
  W: 'Write',
  T: 'Tagging',
  P: 'Permissions management',
};

/** Actions with one optional resource type that a caller nevertheless always names. */
const restrictableByExperience = new Set([
  'cloudformation:DescribeStacks',
  'dynamodb:ListExports',
  'dynamodb:ListImports',
  'ec2:DeleteKeyPair',
  'ec2:ReleaseAddress',
  'sns:GetSubscriptionAttributes',
  'sns:ListTagsForResource',
  'sns:SetSubscriptionAttributes',
  'sns:TagResource',
  'sns:UntagResource',
  'sts:SetSourceIdentity',
  'sts:TagSession',
]);

/** Actions whose several optional types are extras and no alternatives: most calls name none of them. */
const optionalByExperience = new Set(['translate:TranslateDocument', 'translate:TranslateText']);

/** Where several types are alternatives (`object`, `accesspointobject`), each is optional and yet one is always there. */
function classOf(action: string, {types}: CatalogueAction): ActionClass {
  if (types.length === 0) return 'must-be-star';
  if (optionalByExperience.has(action)) return 'optional';
  const alternatives = types.length >= 2 || restrictableByExperience.has(action);
  return alternatives || types.some(type => type.required) ? 'restrictable' : 'optional';
}

/** The name of a bucket has no slash, which the pattern `arn:*:s3:::*` cannot say. */
function isBucket(action: string, type: ResourceType): boolean {
  return type.name === 'bucket' && action.toLowerCase().startsWith('s3:');
}
