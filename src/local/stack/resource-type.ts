import type {Shape} from '../shape.ts';

/** One AWS resource type: what it takes, and how a resource of it is made, changed and deleted through API calls. */
export interface ResourceType<Properties = unknown> {
  /** `AWS::SQS::Queue`. */
  readonly type: string;
  /** Exactly what is honoured; another property is refused by name before anything is created. */
  readonly properties: Shape<Properties>;
  /** What its UpdatePolicy may say; without one, the attribute is refused. */
  readonly updatePolicy?: Shape;
  /** Top-level properties whose change needs a new resource. */
  readonly createOnly: readonly string[];
  /** The property that names the resource; it cannot stay when the resource is replaced. */
  readonly nameProperty?: string;
  /** What Fn::GetAtt can ask for; `Outputs.*` stands for whatever is behind the dot. */
  readonly attributes: readonly string[];
  /** An update may change them: until it is done nobody knows what they will be. */
  readonly attributesChange?: true;
  /** IAM resources need the caller's acknowledgement. */
  readonly capability?: 'CAPABILITY_IAM';
  create(properties: Properties, context: ResourceContext): Promise<PhysicalResource>;
  update(
    resource: ExistingResource<Properties>,
    properties: Properties,
    context: ResourceContext,
  ): Promise<PhysicalResource>;
  delete(resource: ExistingResource<Properties>, context: ResourceContext): Promise<void>;
  /** What the properties that the template gives are by now; without it, drift of the type is not detected. */
  read?(
    resource: ExistingResource<NoInfer<Properties>>,
    context: ResourceContext,
  ): Promise<Readonly<Record<string, unknown>>>;
}

export interface PhysicalResource {
  readonly id: string;
  /** What Ref gives, where it is not the physical ID. */
  readonly ref?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

export interface ExistingResource<Properties> {
  readonly id: string;
  readonly properties: Properties;
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface ResourceContext {
  readonly logicalId: string;
  readonly stackName: string;
  readonly stackId: string;
  readonly account: string;
  readonly region: string;
  /** What whoever deploys has acknowledged, which holds for nested stacks too. */
  readonly capabilities: readonly string[];
  /** Of a nested stack: why its last update was rolled back. */
  whyItGoesBack(stackId: string): string | undefined;
  /** An operation of a service, as whoever deploys. */
  call<T = Record<string, unknown>>(service: string, operation: string, input: object): Promise<T>;
  /** A name like AWS's, `stack-LogicalId-1A2B3C4D5E6F`; noted down first, so that a crash leaves nothing nameless. */
  name(limits: {readonly longest: number; readonly lowerCase?: boolean}): string;
  /** The resource exists from here on: when a later step of its creation fails, it is deleted again. */
  created(id: string): void;
  /** As the type's `updatePolicy` says; absent when a change is taken back, which is done at once. */
  readonly updatePolicy?: unknown;
  /** What the interrupted update of the resource waited for. */
  readonly awaited?: string;
  /** Notes what the update waits for from now on, and says so in an event: a restart goes on waiting. */
  awaiting(id: string, reason: string): void;
  /** Lets the cloud's time pass; throws when the engine closes. */
  pause(milliseconds: number): Promise<void>;
  /** Whether the update is not wanted any more. */
  cancelled(): boolean;
}

/** Fixes the properties' type by their shape. */
export function defineResource<Properties>(type: ResourceType<Properties>): ResourceType<Properties> {
  return type;
}
