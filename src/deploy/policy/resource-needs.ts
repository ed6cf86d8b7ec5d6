import type {Grant} from './grant.ts';
import type {Place} from './place.ts';

/** What CloudFormation does with resources of one type, and what the caller must be allowed for it. */
export interface ResourceNeeds {
  readonly type: string;
  /** The prefix of its actions: `sqs`. */
  readonly service: string;
  /** `Queues`: begins the Sid of its statements. */
  readonly group: string;
  /** Absent where a resource has no name of its own. */
  readonly name?: NameRule;
  /** What the actions are on. */
  on(resource: DeployedResource): readonly string[];
  /** What Ref gives; the name otherwise. */
  ref?(resource: DeployedResource): string;
  /** What Fn::GetAtt gives, as far as other types' ARNs depend on it. */
  readonly attributes?: Readonly<Record<string, (resource: DeployedResource) => string>>;
  readonly always: Operations;
  /** What a property takes beyond that. */
  readonly when?: Readonly<Record<string, Operations>>;
  /** Properties that take nothing more. One that stands in neither list is refused: nobody has looked what it takes. */
  readonly plain: readonly string[];
  /** What is on other resources than its own, or under a condition. */
  more?(resource: DeployedResource): readonly MoreGrant[];
}

export interface MoreGrant extends Omit<Grant, 'why'> {
  /** Deploying takes all of them; these take it as well. */
  readonly also?: readonly ('destroy' | 'drift')[];
}

/** Action names without their prefix, as the registry's handlers of the type list them. */
export interface Operations {
  readonly create?: readonly string[];
  readonly read?: readonly string[];
  readonly update?: readonly string[];
  readonly delete?: readonly string[];
}

/** How CloudFormation names a resource that the template does not: `stack-LogicalId-1A2B3C4D5E6F`. */
export interface NameRule {
  readonly property: string;
  readonly longest: number;
  readonly lowerCase?: true;
  /** Some types' handlers leave the stack's name out: `LogicalId-1A2B3C4D5E6F`. */
  readonly withoutStack?: true;
}

/** A resource of the template with its properties resolved; names are patterns where CloudFormation chooses them. */
export interface DeployedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly place: Place;
  /** At least one; more where it is not certain which. */
  readonly names: readonly string[];
  readonly properties: Readonly<Record<string, unknown>>;
  /** Whatever happens, CloudFormation leaves it alone. */
  readonly isRetained: boolean;
  readonly updatePolicy: unknown;
  /** The text of a property that ARNs depend on. Throws GearError when it is not known before the deployment. */
  text(property: string): string;
  texts(property: string): readonly string[];
  /** Another resource of the template; only once all are known, when its actions are put together. */
  sibling(type: string, name: string): DeployedResource | undefined;
}
