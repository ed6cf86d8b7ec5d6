import type {Attribute} from './attribute.ts';
import {linkTo} from './links.ts';
import type {TerraformResource, TerraformResources} from './resources.ts';

/** One resource of Terraform on its way to what CloudFormation calls it. */
export interface Translation {
  readonly resource: TerraformResource;
  readonly attributes: Attribute;
  readonly resources: TerraformResources;
  /** The others of some type that name this one in an argument, each with its own attributes. */
  pointingHere(type: string, argument: string): readonly Translation[];
}

export interface TemplatePart {
  readonly type: string;
  /** What is undefined is not set. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** Addresses of the resources that say a part of it, by property and index. */
  readonly saidBy?: ReadonlyMap<string, string>;
}

export type Translate = (translation: Translation) => TemplatePart;

export function link({attributes, resources, resource}: Translation, argument: string, ...types: readonly string[]) {
  return linkTo(attributes.at(argument), types, resources, resource);
}

export const functionTypes = ['aws_lambda_function', 'aws_lambda_alias'];

export function functionLink(translation: Translation, argument: string): unknown {
  return link(translation, argument, ...functionTypes);
}

/** A destination of any kind. */
export const destinationTypes = [
  'aws_sqs_queue',
  'aws_sns_topic',
  'aws_s3_bucket',
  'aws_cloudwatch_event_bus',
  ...functionTypes,
];

/** The blocks of Terraform are lists, of which most have one member. */
export function inBlock<T>(block: Attribute | undefined, read: (block: Attribute) => T): unknown {
  if (block === undefined) return undefined;
  return block.isUnknown ? block.reason() : read(block);
}

/** The provider writes empty texts into a state for what was not set. */
export function emptyIsAbsent(value: unknown): unknown {
  return value === '' ? undefined : value;
}
