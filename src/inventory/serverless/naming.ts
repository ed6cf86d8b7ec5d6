import {type ConfigNode, entriesOf, itemsOf, textOf} from './config-node.ts';

/** https://www.serverless.com/framework/docs/providers/aws/guide/resources#aws-cloudformation-resource-reference */
export function normalized(name: string): string {
  return upperFirst(name.replaceAll('-', 'Dash').replaceAll('_', 'Underscore'));
}

export function alphanumeric(name: string): string {
  return upperFirst(name.replaceAll(/[^0-9A-Za-z]/g, ''));
}

function upperFirst(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}

export const sharedRoleId = 'IamRoleLambdaExecution';

/** The part of a source's ARN that the framework puts into logical IDs: a logical ID, or the name in the ARN. */
export function nameInArn(arn: ConfigNode | undefined): string {
  const text = textOf(arn);
  if (text !== undefined) return (text.includes('/') ? text.split('/')[1] : text.split(':').at(-1)) ?? '';
  const [entry] = entriesOf(arn);
  const [name, argument] = entry ?? [];
  if (name === 'Fn::Join')
    return (
      textOf(itemsOf(itemsOf(argument)[1]).at(-1))
        ?.split(/[/:]/)
        .at(-1) ?? ''
    );
  return textOf(itemsOf(argument)[0]) ?? '';
}
