import type {Stack} from '@aws-sdk/client-cloudformation';
import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import {GearError} from '../errors.ts';

/** Why CloudFormation would not delete the stack: found out before anything is emptied for it. */
export async function requireDeletable(
  clients: AwsClients,
  stack: Stack,
  before: readonly string[] = [],
): Promise<void> {
  const {StackName, StackStatus, EnableTerminationProtection, ParentId} = stack;
  if (ParentId !== undefined)
    throw new GearError(`${StackName} is nested in another stack, which is what can be destroyed`, {
      code: 'NESTED_STACK',
      suggestions: [`gear destroy --stack ${ParentId.split('/')[1]}`],
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
  await requireNotImported(clients, stack, before);
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

/** CloudFormation says no to this only after it was asked to delete. */
async function requireNotImported(
  clients: AwsClients,
  {StackName, Outputs = []}: Stack,
  before: readonly string[],
): Promise<void> {
  for (const {ExportName} of Outputs) {
    if (ExportName === undefined) continue;
    const importer = (await importersOf(clients, ExportName)).find(name => !before.includes(name));
    if (importer !== undefined)
      throw new GearError(`The stack ${StackName} exports ${ExportName}, which ${importer} imports`, {
        code: 'STACK_IN_USE',
        suggestions: [`gear destroy --stack ${importer}`],
      });
  }
}

async function importersOf(clients: AwsClients, ExportName: string): Promise<readonly string[]> {
  const client = await clients.cloudFormation();
  const importers: string[] = [];
  let token: string | undefined;
  try {
    do {
      const {Imports = [], NextToken} = await client.listImports({ExportName, ...(token && {NextToken: token})});
      importers.push(...Imports);
      token = NextToken;
    } while (token !== undefined);
    return importers;
  } catch (error) {
    if (error instanceof Error && error.message.includes('is not imported')) return importers;
    throw describeAwsError(error, `find out who imports ${ExportName}`);
  }
}
