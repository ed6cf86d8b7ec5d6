/** Where a request names attributes; the members of DynamoDB's inputs that may do so. */
export interface NamedExpressions {
  readonly ProjectionExpression?: string | undefined;
  readonly UpdateExpression?: string | undefined;
  readonly ConditionExpression?: string | undefined;
  readonly FilterExpression?: string | undefined;
  readonly KeyConditionExpression?: string | undefined;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: attribute values are open documents
  readonly ExpressionAttributeValues?: any;
  readonly AttributesToGet?: readonly string[] | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: legacy conditions by attribute
  readonly [legacy: string]: any;
}

const expressions = [
  'ProjectionExpression',
  'UpdateExpression',
  'ConditionExpression',
  'FilterExpression',
  'KeyConditionExpression',
] as const;

const legacyMaps = ['Expected', 'AttributeUpdates', 'KeyConditions', 'QueryFilter', 'ScanFilter'] as const;

/** Names of the top-level attributes that a request touches: `dynamodb:Attributes`. */
export function attributesOf(input: NamedExpressions, keys: readonly object[]): string[] {
  const names = new Set<string>(keys.flatMap(key => Object.keys(key)));
  for (const member of expressions) for (const path of pathsIn(input[member] ?? '')) names.add(nameOf(path, input));
  for (const member of legacyMaps) for (const name of Object.keys(input[member] ?? {})) names.add(name);
  for (const name of input.AttributesToGet ?? []) names.add(name);
  return [...names];
}

/** An attribute may have the name of what every object has. */
function nameOf(path: string, {ExpressionAttributeNames = {}}: NamedExpressions): string {
  return Object.hasOwn(ExpressionAttributeNames, path) ? ExpressionAttributeNames[path]! : path;
}

const words = new Set(['and', 'or', 'not', 'between', 'in', 'set', 'remove', 'add', 'delete']);

/** The first element of every document path; values (`:v`), functions and the expression's own words are passed over. */
function pathsIn(expression: string): string[] {
  const paths: string[] = [];
  for (const match of expression.matchAll(/(?<![\w#:.])([#A-Za-z_][\w]*)(?:\[\d+\]|\.[#\w]+)*(\s*\()?/g))
    if (match[2] === undefined && !words.has(match[1]!.toLowerCase())) paths.push(match[1]!);
  // A word that is both, such as `in (`, is followed by a parenthesis and passed over with the functions.
  return paths;
}

/** The value that the hash key is compared with in a Query: `#pk = :v`, in either order, or the legacy form. */
export function hashKeyCondition(input: NamedExpressions, hashKey: string): object | undefined {
  const legacy = input.KeyConditions?.[hashKey];
  if (legacy !== undefined) return legacy?.AttributeValueList?.[0];
  for (const match of (input.KeyConditionExpression ?? '').matchAll(
    /(?:(?<name>#?\w+)\s*=\s*(?<value>:\w+))|(?:(?<value2>:\w+)\s*=\s*(?<name2>#?\w+))/g,
  )) {
    const {name, value, name2, value2} = match.groups ?? {};
    if (nameOf(name ?? name2 ?? '', input) === hashKey) return input.ExpressionAttributeValues?.[value ?? value2 ?? ''];
  }
  return undefined;
}
