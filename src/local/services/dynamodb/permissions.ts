import type {PermissionRequest, RequestContext} from '../../operation.ts';
import {attributesOf, type NamedExpressions} from './attributes.ts';
import type {DynamodbStore} from './store.ts';
import {tableArn, tableNameOf} from './table-name.ts';

/** An action on a table as a whole. */
export function onTable(action: string, nameOrArn: string, context: RequestContext): PermissionRequest {
  return {action: `dynamodb:${action}`, resource: tableArn(nameOrArn, context)};
}

interface ItemRequest extends NamedExpressions {
  readonly TableName: string;
  readonly IndexName?: string | undefined;
  readonly ReturnValues?: string | undefined;
  readonly ReturnConsumedCapacity?: string | undefined;
  readonly Select?: string | undefined;
}

interface ItemAccess {
  /** Keys or items of the request. */
  readonly keys?: readonly object[];
  /** Operation that contains this one: `TransactWriteItems`. */
  readonly within?: string;
  /** The hash key's value, where it does not stand in a key. */
  readonly leadingKeys?: readonly string[];
  readonly select?: boolean;
}

/**
 * An action on items, with the condition keys of the service authorization reference.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 */
export function onItems(
  action: string,
  input: ItemRequest,
  context: RequestContext,
  store: DynamodbStore,
  {keys = [], within, leadingKeys, select}: ItemAccess = {},
): PermissionRequest {
  const table = tableArn(input.TableName, context);
  const hashKey = store.tables.get(tableNameOf(input.TableName))?.description.KeySchema[0]?.AttributeName;
  const leading = leadingKeys ?? (hashKey === undefined ? [] : keys.flatMap(key => keyValue(key, hashKey)));
  const attributes = attributesOf(input, keys);
  const conditions: Record<string, string | readonly string[]> = {};
  if (leading.length > 0) conditions['dynamodb:LeadingKeys'] = leading;
  if (attributes.length > 0) conditions['dynamodb:Attributes'] = attributes;
  if (within !== undefined) conditions['dynamodb:EnclosingOperation'] = within;
  if (input.ReturnValues !== undefined) conditions['dynamodb:ReturnValues'] = input.ReturnValues;
  if (input.ReturnConsumedCapacity !== undefined)
    conditions['dynamodb:ReturnConsumedCapacity'] = input.ReturnConsumedCapacity;
  if (select) conditions['dynamodb:Select'] = input.Select ?? defaultSelect(input);
  return {
    action: `dynamodb:${action}`,
    resource: input.IndexName === undefined ? table : `${table}/index/${input.IndexName}`,
    context: conditions,
  };
}

function defaultSelect(input: ItemRequest): string {
  if (input.ProjectionExpression !== undefined || input.AttributesToGet !== undefined) return 'SPECIFIC_ATTRIBUTES';
  return input.IndexName === undefined ? 'ALL_ATTRIBUTES' : 'ALL_PROJECTED_ATTRIBUTES';
}

/** `{S: 'a'}` -> `a`: LeadingKeys compares numbers and binaries as they are written. */
export function keyValue(key: object, attribute: string): string[] {
  const value: unknown = (key as Record<string, unknown>)[attribute];
  if (typeof value !== 'object' || value === null) return [];
  const [text] = Object.values(value);
  return typeof text === 'string' ? [text] : [];
}
