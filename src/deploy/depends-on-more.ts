import type {Template} from '../cloudformation/parse.ts';
import {localNestedTemplates, nestedStacks} from './nested-templates.ts';

type Read = Pick<Template, 'text' | 'body'>;

/** What is looked up or expanded while CloudFormation deploys may give something else each time. */
export function dependsOnMore(template: Read): boolean {
  return looksUp(template) || /AWS::CloudFormation::Stack\b/.test(template.text);
}

/** The same, of a template whose nested ones are compared themselves where they lie on this machine. */
export function dependsOnOthers(template: Template): boolean {
  return looksUp(template) || nestedStacks(template).length > localNestedTemplates(template).length;
}

function looksUp({text, body}: Read): boolean {
  return 'Transform' in body || /\{\{resolve:|AWS::SSM::Parameter::Value|Fn::Transform|!Transform\b/.test(text);
}
