export type ObjectSchema<T> = {readonly [Name in keyof T]-?: MemberSchema};

type MemberSchema = (
  | {readonly type: 'string'; readonly pattern?: RegExp; readonly maximumLength?: number}
  | {readonly type: 'integer'; readonly minimum: number; readonly maximum: number}
) & {readonly optional?: boolean};

/** What is wrong with the value, a sentence for each; nothing when it is as the schema says. */
export function problemsOf<T>(value: unknown, schema: ObjectSchema<T>): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return ['the body is not a JSON object'];
  const members = Object.entries<MemberSchema>(schema);
  const unknown = Object.keys(value).filter(name => !Object.hasOwn(schema, name));
  return [
    ...unknown.map(name => `${JSON.stringify(name.slice(0, 64))} is not known`),
    ...members.flatMap(([name, member]) => {
      const given: unknown = (value as Record<string, unknown>)[name];
      if (given === undefined) return member.optional ? [] : [`${name} is missing`];
      const problem = problemOf(given, member);
      return problem === undefined ? [] : [`${name} ${problem}`];
    }),
  ];
}

function problemOf(value: unknown, schema: MemberSchema): string | undefined {
  if (schema.type === 'integer') {
    const {minimum, maximum} = schema;
    if (Number.isSafeInteger(value) && (value as number) >= minimum && (value as number) <= maximum) return undefined;
    return `is not a whole number from ${minimum} to ${maximum}`;
  }
  if (typeof value !== 'string') return 'is not a string';
  if (schema.maximumLength !== undefined && value.length > schema.maximumLength)
    return `is longer than ${schema.maximumLength} characters`;
  if (schema.pattern !== undefined && !schema.pattern.test(value)) return `does not match ${schema.pattern.source}`;
  return undefined;
}
