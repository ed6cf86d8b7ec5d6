import {stringify} from 'yaml';
import type {ExplainedStatement} from '../deploy/policy/statements.ts';

/** A policy as it is printed, with the reason of each statement. */
export interface ReportedPolicy {
  readonly name: string;
  readonly document: object;
  readonly statements: readonly ExplainedStatement[];
}

export type PolicyFormat = 'json' | 'yaml' | 'markdown';

/** One policy is the document itself, ready for `aws iam create-policy`; several stand under their names. */
export function policyText(
  policies: readonly ReportedPolicy[],
  trust: object | undefined,
  format: PolicyFormat,
): string {
  if (format === 'markdown') return policies.map(markdown).join('\n');
  const named = Object.fromEntries(policies.map(({name, document}) => [name, document]));
  const [only, ...more] = policies;
  const printed = more.length === 0 && trust === undefined ? only!.document : {...named, ...(trust && {trust})};
  return templateText(printed, format);
}

export function templateText(template: object, format: 'json' | 'yaml'): string {
  return format === 'yaml' ? yamlText(template) : `${JSON.stringify(template, null, 2)}\n`;
}

/**
 * Without anchors, which IAM and some tools for templates do not know, and as YAML 1.1, which CloudFormation reads: there
 * `no` without quotes is false, and 2012-10-17 a date.
 */
function yamlText(document: object): string {
  return stringify(document, {aliasDuplicateObjects: false, lineWidth: 0, version: '1.1'});
}

function markdown({name, statements}: ReportedPolicy): string {
  const rows = statements.map(
    ({statement: {Sid, Action, Resource, Condition}, why}) =>
      `| ${Sid} | ${cell(Action)} | ${cell(Resource)}${Condition === undefined ? '' : `<br>if ${code(JSON.stringify(Condition))}`} | ${why.replaceAll('|', '\\|')} |`,
  );
  return `### ${name}\n\n| Statement | Actions | Resources | For |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}

function cell(values: readonly string[]): string {
  return values.map(code).join('<br>');
}

function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}
