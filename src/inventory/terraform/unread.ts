import type {NotChecked} from '../../model/finding.ts';
import type {TerraformResource, TerraformResources} from './resources.ts';
import {attachesElsewhere} from './roles.ts';
import type {ShowOutput} from './show-output.ts';
import {translator} from './translate.ts';

/** What stands for functions and permissions that are not in the plan to be read. */
export function unreadOf(resources: TerraformResources, show: ShowOutput, file: string): readonly NotChecked[] {
  const note = (rule: string, address: string, reason: string) => ({
    rule,
    resource: address,
    reason,
    origin: {file, address},
  });
  const whole = [
    ...(show.errored === true
      ? [note('*', '', 'the plan ended with an error, and has only a part of what there is')]
      : []),
    ...(show.complete === false && show.errored !== true
      ? [note('*', '', 'the plan leaves something to a later one')]
      : []),
  ];
  const translationOf = translator(resources);
  const managed = resources.all.filter(({mode}) => mode === 'managed');
  const roles = new Set(managed.filter(({type}) => type === 'aws_iam_role').map(({address}) => address));
  return [
    ...whole,
    ...managed.flatMap(resource => {
      const {type, address} = resource;
      const reason = opaque(resource);
      if (reason !== undefined) return [note('*', address, reason)];
      if (type !== 'aws_iam_role_policy_attachment' && type !== 'aws_iam_policy_attachment') return [];
      const elsewhere = attachesElsewhere(translationOf(resource), roles);
      return elsewhere === undefined ? [] : [note('iam/*', address, elsewhere)];
    }),
  ];
}

function opaque({type}: TerraformResource): string | undefined {
  if (/^aws_(cloudformation_stack|serverlessapplicationrepository_cloudformation_stack)/.test(type))
    return 'what is in the stack is not read: audit its template by its path';
  if (/^awscc_(lambda|iam|sqs|events|scheduler)_/.test(type)) return `gear does not read resources of the type ${type}`;
  return undefined;
}
