import {readFileSync} from 'node:fs';
import {parsePolicy} from '../../iam/parse-policy.ts';
import type {PolicyDocument} from '../../model/policy.ts';
import {isUnresolved} from '../../model/resolvable.ts';
import type {Environment} from './intrinsics.ts';
import {pseudoParameter} from './references.ts';
import type {Value} from './value.ts';

interface SamPolicyTemplate {
  readonly parameters: readonly string[];
  readonly statements: readonly {
    readonly actions: readonly string[];
    readonly resources: readonly string[];
    readonly condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  }[];
}

/**
 * What `DynamoDBCrudPolicy: {TableName: ...}` stands for; undefined when SAM has no template of that name.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-templates.html
 */
export function expandSamPolicy(
  name: string,
  parameters: Value,
  environment: Pick<Environment, 'pseudo'>,
): PolicyDocument | undefined {
  const template = samPolicyTemplates()[name];
  if (template === undefined) return undefined;
  const fill = (text: string) =>
    text.replaceAll(/\$\{([^}]+)\}/g, (placeholder, parameter: string) => {
      if (!template.parameters.includes(parameter)) return pseudoParameter(parameter, environment) ?? placeholder;
      const value = parameters.at(parameter).text();
      return value === undefined || isUnresolved(value) ? placeholder : value;
    });
  const filled = template.statements.map(({actions, resources, condition}) => ({
    Effect: 'Allow',
    Action: actions,
    Resource: resources.map(fill),
    ...(condition === undefined ? {} : {Condition: JSON.parse(fill(JSON.stringify(condition))) as unknown}),
  }));
  return parsePolicy({Version: '2012-10-17', Statement: filled}, parameters.origin);
}

let loaded: Readonly<Record<string, SamPolicyTemplate>> | undefined;

/** Read when the first SAM template asks for one. */
function samPolicyTemplates(): Readonly<Record<string, SamPolicyTemplate>> {
  if (loaded === undefined) {
    const file = new URL('../../../data/sam-policy-templates.json', import.meta.url);
    loaded = (JSON.parse(readFileSync(file, 'utf8')) as {templates: Record<string, SamPolicyTemplate>}).templates;
  }
  return loaded;
}
