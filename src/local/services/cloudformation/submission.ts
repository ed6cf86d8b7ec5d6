import {parameterValues} from '../../../cloudformation/parameters.ts';
import {parseTemplate} from '../../../cloudformation/parse.ts';
import {readSections} from '../../../cloudformation/sections.ts';
import type {RequestContext} from '../../operation.ts';
import {ServiceError} from '../../service-error.ts';
import {boolean, type Infer, list, required, string, structure} from '../../shape.ts';
import {processTemplate} from './include.ts';
import type {Deployment, Stack} from './model.ts';
import {readTemplateUrl} from './template-url.ts';

export const tags = list(structure({Key: required(string), Value: required(string)}), 'member');

/** How the operations that deploy take a template and its parameters. */
export const submissionMembers = {
  TemplateBody: string,
  TemplateURL: string,
  Parameters: list(
    structure({ParameterKey: required(string), ParameterValue: string, UsePreviousValue: boolean}),
    'member',
  ),
  Capabilities: list(string, 'member'),
  Tags: tags,
} as const;

const submission = structure({...submissionMembers, UsePreviousTemplate: boolean});
type Submission = Infer<typeof submission>;

interface Circumstances {
  /** What an update starts from. */
  readonly previous?: Deployment | undefined;
  /** Somebody sees what macros have made of the template before it is deployed. */
  readonly reviewed?: boolean;
}

export async function readSubmission(
  input: Submission,
  context: RequestContext,
  {previous, reviewed = false}: Circumstances = {},
): Promise<Deployment> {
  const sources = [input.TemplateBody, input.TemplateURL, input.UsePreviousTemplate || undefined];
  if (sources.filter(source => source !== undefined).length !== 1)
    throw invalid('Either Template URL or Template Body must be specified.');
  const template = await templateText(input, context, previous);
  const processed = await processTemplate(template, context);
  const {Capabilities: capabilities = []} = input;
  if (processed !== undefined && !reviewed) requireExpansion(capabilities);
  return {
    template,
    ...(processed === undefined ? {} : {processed}),
    parameters: parameters(input, previous),
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStack.html: tags not given stay.
    tags: input.Tags ?? previous?.tags ?? [],
    capabilities,
  };
}

/** For creating or updating directly. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html */
function requireExpansion(capabilities: readonly string[]): void {
  if (!capabilities.includes('CAPABILITY_AUTO_EXPAND'))
    throw new ServiceError('InsufficientCapabilitiesException', 'Requires capabilities : [CAPABILITY_AUTO_EXPAND]');
}

export async function templateText(
  input: Pick<Submission, 'TemplateBody' | 'TemplateURL' | 'UsePreviousTemplate'>,
  context: RequestContext,
  previous?: Deployment,
): Promise<string> {
  if (input.TemplateURL !== undefined) return readTemplateUrl(input.TemplateURL, context);
  if (input.TemplateBody !== undefined) {
    if (Buffer.byteLength(input.TemplateBody) > 51_200)
      throw invalid(
        "1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to 51200",
      );
    return input.TemplateBody;
  }
  if (previous === undefined) throw invalid('Either Template URL or Template Body must be specified.');
  return previous.template;
}

function parameters({Parameters = []}: Submission, previous: Deployment | undefined): Record<string, string> {
  const values: Record<string, string> = {};
  const kept = Parameters.some(({UsePreviousValue}) => UsePreviousValue) ? valuesOf(previous) : {};
  for (const {ParameterKey, ParameterValue, UsePreviousValue} of Parameters) {
    if (UsePreviousValue === true) {
      const value = kept[ParameterKey];
      if (value === undefined)
        throw invalid(
          `Invalid input for parameter key ${ParameterKey}. Cannot specify usePreviousValue as true for a parameter key not in the previous template`,
        );
      values[ParameterKey] = value;
    } else if (ParameterValue === undefined) {
      throw invalid(`Parameter value for parameter name ${ParameterKey} must not be null`);
    } else values[ParameterKey] = ParameterValue;
  }
  return values;
}

/** What a stack's parameters are now: a default that nobody overrode counts as a previous value too. */
function valuesOf(deployment: Deployment | undefined): Readonly<Record<string, string>> {
  if (deployment === undefined) return {};
  return parameterValues(
    readSections(parseTemplate(deployment.processed ?? deployment.template, 'template')).parameters,
    deployment.parameters,
  );
}

/** What the next update of a stack starts from. */
export function currentDeployment(stack: Stack): Deployment | undefined {
  return stack.deployed ?? stack.target;
}

export function invalid(message: string): ServiceError {
  return new ServiceError('ValidationError', message);
}
