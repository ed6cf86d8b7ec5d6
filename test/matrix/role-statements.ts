import type {IAM} from '@aws-sdk/client-iam';

/** One statement of an inline policy of a role, which can be taken out. */
export interface RoleStatement {
  readonly roleName: string;
  readonly policyName: string;
  readonly sid: string;
  readonly actions: readonly string[];
  remove(iam: IAM): Promise<void>;
}

/** Every statement of every role of a stack, whoever assumes it. */
export async function roleStatements(iam: IAM): Promise<RoleStatement[]> {
  const found: RoleStatement[] = [];
  const {Roles = []} = await iam.listRoles({});
  for (const {RoleName} of Roles) {
    const {PolicyNames = []} = await iam.listRolePolicies({RoleName});
    for (const PolicyName of PolicyNames) {
      const {PolicyDocument = ''} = await iam.getRolePolicy({RoleName, PolicyName});
      const document = JSON.parse(decodeURIComponent(PolicyDocument)) as Document;
      for (const statement of document.Statement)
        found.push({
          roleName: RoleName!,
          policyName: PolicyName,
          sid: statement.Sid,
          actions: [statement.Action].flat(),
          async remove(client) {
            const Statement = document.Statement.filter(other => other !== statement);
            // A policy without a statement is none.
            if (Statement.length === 0) await client.deleteRolePolicy({RoleName, PolicyName});
            else
              await client.putRolePolicy({
                RoleName,
                PolicyName,
                PolicyDocument: JSON.stringify({...document, Statement}),
              });
          },
        });
    }
  }
  return found;
}

interface Document {
  readonly Statement: readonly {readonly Sid: string; readonly Action: string | readonly string[]}[];
}
