import type {Statement} from '../model/policy.ts';

/** The condition key that narrows a statement to some resources although its Resource does not, if one does. */
export function scopingCondition(statement: Statement): string | undefined {
  return statement.conditions.find(({operator, key}) => !operator.includes('Not') && narrowing.test(key))?.key;
}

/** Keys about the resource that is asked for; those about who asks, or how, narrow nothing. */
const narrowing =
  /^(aws:RequestTag\/.+|aws:ResourceOrgID|[a-z0-9-]+:ResourceTag\/.+|kms:(ViaService|ResourceAliases|EncryptionContext.*|CallerAccount)|cloudwatch:namespace|ec2:(Vpc|Subnet|InstanceProfile)|dynamodb:LeadingKeys|s3:prefix|iam:PassedToService|iam:AssociatedResourceArn|ecs:cluster|secretsmanager:resource\/.+|lambda:FunctionArn)$/i;
