import type {Template} from '../cloudformation/parse.ts';

/** What is looked up or expanded while CloudFormation deploys may give something else each time. */
export function dependsOnMore({text, body}: Pick<Template, 'text' | 'body'>): boolean {
  return (
    'Transform' in body ||
    /\{\{resolve:|AWS::SSM::Parameter::Value|Fn::Transform|!Transform|AWS::CloudFormation::Stack\b/.test(text)
  );
}
