import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import type {StackResource} from '../aws/stack-resources.ts';
import {GearError} from '../errors.ts';

/** As a template says it of a table; a condition or parameter may mean that it is. */
export function mayBeProtected(type: string, properties: {readonly DeletionProtectionEnabled?: unknown} = {}): boolean {
  const {DeletionProtectionEnabled: value} = properties;
  return type === 'AWS::DynamoDB::Table' && value !== undefined && value !== false && value !== 'false';
}

/** DynamoDB says no to a protected table only when its turn comes, and by then the buckets are empty. */
export async function requireUnprotected(
  clients: AwsClients,
  stackName: string,
  tables: readonly StackResource[],
): Promise<void> {
  for (const {logicalId, physicalId} of tables) {
    if (!(await isProtected(clients, physicalId))) continue;
    throw new GearError(
      `The stack ${stackName} cannot be deleted: its table ${logicalId} is protected against deletion`,
      {
        code: 'DELETION_PROTECTED',
        suggestions: [`aws dynamodb update-table --table-name ${physicalId} --no-deletion-protection-enabled`],
      },
    );
  }
}

/** The names of those that are; one that nobody may look at counts as protected. */
export async function protectedTables(
  clients: AwsClients,
  tables: readonly StackResource[],
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const {physicalId} of tables)
    if (await isProtected(clients, physicalId).catch(() => true)) found.push(physicalId);
  return found;
}

/** Asked of DynamoDB: protection is often taken away by hand, and the template does not know. */
async function isProtected(clients: AwsClients, TableName: string): Promise<boolean> {
  try {
    const {Table} = await (await clients.dynamodb()).describeTable({TableName});
    return Table?.DeletionProtectionEnabled === true;
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return false;
    throw describeAwsError(error, `find out whether the table ${TableName} is protected against deletion`);
  }
}
