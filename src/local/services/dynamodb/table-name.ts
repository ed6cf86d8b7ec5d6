import {ServiceError} from '../../service-error.ts';

/** The name in a TableName or ResourceArn, either of which may be the table's ARN. */
export function tableNameOf(nameOrArn: string): string {
  return tableArnPattern.exec(nameOrArn)?.groups?.name ?? nameOrArn;
}

const tableArnPattern = /^arn:[\w-]+:dynamodb:[\w-]+:\d+:table\/(?<name>[\w.-]+)$/;

/** The ARN that a TableName means; an ARN means itself. */
export function tableArn(nameOrArn: string, {account, region}: {account: string; region: string}): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn : `arn:aws:dynamodb:${region}:${account}:table/${nameOrArn}`;
}

/** Refuses the ARN of another account or region: this cloud has no tables there. */
export function assertOwnTable(nameOrArn: string, owner: {account: string; region: string}): void {
  if (nameOrArn.startsWith('arn:') && nameOrArn !== tableArn(tableNameOf(nameOrArn), owner))
    throw new ServiceError('ResourceNotFoundException', `Requested resource not found: ${nameOrArn}`);
}
