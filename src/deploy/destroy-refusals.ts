import type {Stack} from '@aws-sdk/client-cloudformation';
import {GearError} from '../errors.ts';

/** Why CloudFormation would not delete a stack, as far as the stack itself tells. */
export function requireDeletable(stack: Stack): void {
  const {StackName, StackStatus, EnableTerminationProtection, ParentId, RootId = ParentId} = stack;
  if (ParentId !== undefined)
    throw new GearError(`${StackName} is nested in another stack, which is what can be destroyed`, {
      code: 'NESTED_STACK',
      suggestions: [`gear destroy --stack ${RootId!.split('/')[1]}`],
    });
  if (EnableTerminationProtection)
    throw new GearError(`Stack [${StackName}] cannot be deleted while TerminationProtection is enabled`, {
      code: 'TERMINATION_PROTECTED',
      suggestions: [
        `aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${StackName}`,
      ],
    });
  if (StackStatus!.endsWith('_IN_PROGRESS') && !/^(DELETE|REVIEW)_/.test(StackStatus!))
    throw new GearError(`The stack ${StackName} is busy: it is in ${StackStatus}`, {
      code: 'STACK_BUSY',
      suggestions: [`gear deploy --watch --stack ${StackName}, and the same command when it has settled`],
    });
}

/** CloudFormation keeps a resource only where it has tried to delete it, and could not. */
export function requireRetainable(
  {StackName, StackStatus}: Stack,
  failed: ReadonlySet<string>,
  retain: readonly string[],
): void {
  const others = retain.filter(id => StackStatus !== 'DELETE_FAILED' || !failed.has(id));
  if (others.length === 0) return;
  const now =
    StackStatus !== 'DELETE_FAILED'
      ? `the stack is in ${StackStatus}`
      : `those of ${StackName} are ${failed.size === 0 ? 'none' : [...failed].join(', ')}`;
  throw new GearError(
    `--retain ${others.join(', ')}: CloudFormation keeps only what a deletion has failed on, and ${now}`,
    {
      code: 'NOT_RETAINABLE',
      suggestions: ['DeletionPolicy: Retain in the template, deployed first', 'the same command without --retain'],
    },
  );
}
