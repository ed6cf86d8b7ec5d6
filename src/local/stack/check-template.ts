import {intrinsicName} from '../../cloudformation/intrinsics.ts';
import {referencesOf} from '../../cloudformation/references.ts';
import type {ResourceDeclaration, Sections} from '../../cloudformation/sections.ts';
import {ServiceError} from '../service-error.ts';
import {requiredCapabilities} from './capabilities.ts';
import {mapStrings, referencePattern, splitReference} from './dynamic-reference.ts';
import {describeFailure} from './failure.ts';
import {decodeProperties, type PropertyProblem} from './properties.ts';
import {resourceTypes} from './resources/index.ts';

/** All that can be told without parameters. Throws ServiceError. */
export function checkTemplate(sections: Sections, capabilities: readonly string[]): void {
  checkSections(sections);
  checkResourceTypes(sections);
  const resources = [...sections.resources.values()];
  const problems = [
    ...resources.flatMap(resourceProblems),
    ...resources.flatMap(resource => referenceProblems(sections, resource)),
    ...dynamicReferenceProblems(sections),
    ...languageExtensions(sections),
  ];
  if (problems.length > 0) throw invalid(problems.join('; '));
  const {required} = requiredCapabilities(sections);
  const missing = required.filter(
    capability => !capabilities.includes(capability) && !impliedBy(capability, capabilities),
  );
  if (missing.length > 0)
    throw new ServiceError('InsufficientCapabilitiesException', `Requires capabilities : [${missing.join(', ')}]`);
}

function checkSections({transforms, hasRules, hasHooks, parameters, resources}: Sections): void {
  if (resources.size > 500)
    throw invalid(
      `Template format error: Number of resources, ${resources.size}, is greater than maximum allowed, 500`,
    );
  const stranger = transforms.find(name => name !== 'AWS::LanguageExtensions');
  if (stranger?.startsWith('AWS::Serverless'))
    throw invalid(
      `gear local does not run the ${stranger} transform: it deploys plain CloudFormation, such as \`gear new service\` writes and \`sam package\` with the transform applied gives`,
    );
  if (stranger !== undefined)
    throw invalid(`gear local does not run the transform ${stranger}: it deploys plain CloudFormation`);
  if (hasRules) throw invalid('gear local does not implement the Rules section');
  if (hasHooks) throw invalid('gear local does not implement the Hooks section');
  for (const [name, {type}] of parameters)
    if (!parameterTypes.test(type))
      throw invalid(`Parameters.${name}: gear local does not implement the parameter type ${type}`);
}

/** Of what AWS looks up in the account, subnets and security groups are taken as they are written: there is no network. */
const parameterTypes =
  /^(?:String|Number|CommaDelimitedList|List<(?:Number|String|AWS::EC2::Subnet::Id|AWS::EC2::SecurityGroup::Id)>)$/;

function checkResourceTypes({resources}: Sections): void {
  const unknown = [...resources.values()].filter(({type}) => !resourceTypes.has(type));
  if (unknown.length === 0) return;
  const names = unknown.map(({type, logicalId}) => `${type} (${logicalId})`).join(', ');
  throw invalid(
    `gear local does not implement ${unknown.length === 1 ? 'the resource type' : 'the resource types'} ${names}`,
  );
}

function resourceProblems({logicalId, type, properties, policies, ...resource}: ResourceDeclaration): string[] {
  const where = `Resources.${logicalId}`;
  const {updatePolicy, properties: shape} = resourceTypes.get(type)!;
  const problems = Object.keys(policies)
    .filter(name => name !== 'UpdatePolicy' || updatePolicy === undefined)
    .map(name => `${where}.${name}: gear local does not implement this attribute`);
  if (policies.UpdatePolicy !== undefined && updatePolicy !== undefined) {
    const found: PropertyProblem[] = [];
    decodeProperties(updatePolicy, policies.UpdatePolicy, found);
    problems.push(...policyProblems(logicalId, type, found));
  }
  for (const attribute of ['deletionPolicy', 'updateReplacePolicy'] as const) {
    const policy = resource[attribute];
    const allowed =
      attribute === 'deletionPolicy' ? ['Delete', 'Retain', 'RetainExceptOnCreate'] : ['Delete', 'Retain'];
    const name = attribute === 'deletionPolicy' ? 'DeletionPolicy' : 'UpdateReplacePolicy';
    if (policy !== undefined && !allowed.includes(policy))
      problems.push(`${where}.${name}: gear local does not implement ${policy} for ${type}`);
  }
  const found: PropertyProblem[] = [];
  decodeProperties(shape, properties, found);
  return [...problems, ...propertyProblems(logicalId, type, found)];
}

export function propertyProblems(logicalId: string, type: string, problems: readonly PropertyProblem[]): string[] {
  return problems.map(({path, message}) => `Resources.${logicalId}.Properties.${path} (${type}): ${message}`);
}

export function policyProblems(logicalId: string, type: string, problems: readonly PropertyProblem[]): string[] {
  return problems.map(({path, message}) => `Resources.${logicalId}.UpdatePolicy.${path} (${type}): ${message}`);
}

/** References to names that are nowhere in the template, and to attributes that their type does not have. */
function referenceProblems(
  sections: Sections,
  {logicalId, properties, policies, dependsOn, condition}: ResourceDeclaration,
): string[] {
  const problems: string[] = [];
  const {resources, parameters, conditions} = sections;
  for (const name of dependsOn)
    if (!resources.has(name))
      problems.push(
        `Template format error: Unresolved resource dependencies [${name}] in the Resources block of the template`,
      );
  if (condition !== undefined && !conditions.has(condition))
    problems.push(
      `Template format error: Unresolved condition dependency ${condition} in the Resources block of the template`,
    );
  for (const {name, attribute} of referencesOf([properties, policies])) {
    if (name.startsWith('AWS::')) continue;
    const target = resources.get(name);
    if (target === undefined && !(attribute === undefined && parameters.has(name)))
      problems.push(
        `Template format error: Unresolved resource dependencies [${name}] in the Resources block of the template`,
      );
    else if (target !== undefined && attribute !== undefined && !hasAttribute(target.type, attribute))
      problems.push(
        `Template error: resource ${name} does not support attribute type ${attribute} in Fn::GetAtt (Resources.${logicalId}, ${target.type})`,
      );
  }
  return problems;
}

function hasAttribute(type: string, attribute: string): boolean {
  const {attributes = []} = resourceTypes.get(type) ?? {};
  return attributes.some(name => name === attribute || (name.endsWith('*') && attribute.startsWith(name.slice(0, -1))));
}

/** Those that are written out; what a function puts together is known when it is looked up. */
function dynamicReferenceProblems({resources, outputs}: Sections): string[] {
  const problems: string[] = [];
  for (const {logicalId, properties} of resources.values())
    mapStrings(properties, text => {
      for (const [reference] of text.matchAll(referencePattern))
        try {
          if (!reference.includes('$')) splitReference(reference);
        } catch (error) {
          problems.push(`Resources.${logicalId}: ${describeFailure(error)}`);
        }
      return text;
    });
  for (const [name, output] of outputs)
    if (JSON.stringify(output).includes('{{resolve:'))
      problems.push(`Outputs.${name}: gear local does not implement dynamic references in outputs`);
  return problems;
}

/** Functions that AWS only knows in a template with the transform that brings them. */
function languageExtensions({resources, outputs, transforms}: Sections): string[] {
  if (transforms.includes('AWS::LanguageExtensions')) return [];
  const used = ['Fn::Length', 'Fn::ToJsonString'].filter(name =>
    uses(name, [[...resources.values()], [...outputs.values()]]),
  );
  return used.map(name => `Template error: ${name} needs the transform AWS::LanguageExtensions`);
}

function uses(name: string, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return intrinsicName(value) === name || Object.values(value).some(entry => uses(name, entry));
}

/** Named IAM covers unnamed. */
function impliedBy(capability: string, given: readonly string[]): boolean {
  return capability === 'CAPABILITY_IAM' && given.includes('CAPABILITY_NAMED_IAM');
}

function invalid(message: string): ServiceError {
  return new ServiceError('ValidationError', message);
}
