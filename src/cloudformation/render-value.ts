/** A value on one line: as JSON where the template is JSON, and with the short form of its intrinsics elsewhere. */
export function flowText(value: unknown, json = false): string {
  if (json) return JSON.stringify(value);
  const short = shortForm(value);
  if (short !== undefined) return short;
  if (Array.isArray(value)) return `[${value.map(item => flowText(item)).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([key, entry]) => `${scalarText(key)}: ${flowText(entry)}`)
      .join(', ')}}`;
  return scalarText(value);
}

/** The lines of a mapping or a list, indented by two, as `appendLines` and `insertEntries` take them. */
export function blockLines(value: object): readonly string[] {
  if (Array.isArray(value))
    return value.flatMap(item =>
      (isNested(item) ? blockLines(item) : [flowText(item)]).map(
        (line, index) => `${index === 0 ? '- ' : '  '}${line}`,
      ),
    );
  return Object.entries(value).flatMap(([key, entry]) =>
    isNested(entry)
      ? [`${scalarText(key)}:`, ...blockLines(entry).map(line => `  ${line}`)]
      : [`${scalarText(key)}: ${flowText(entry)}`],
  );
}

function isNested(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return false;
  return shortForm(value) === undefined;
}

/** `{Ref: 'X'}` -> `!Ref X`; undefined for what is no intrinsic, or has none. */
function shortForm(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return undefined;
  const {Ref, 'Fn::GetAtt': attribute, 'Fn::Sub': sub} = value as Record<string, unknown>;
  if (typeof Ref === 'string') return `!Ref ${Ref}`;
  if (Array.isArray(attribute)) return `!GetAtt ${attribute.join('.')}`;
  return typeof sub === 'string' ? `!Sub ${JSON.stringify(sub)}` : undefined;
}

function scalarText(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  const isPlain =
    /^[A-Za-z][\w.:/-]*$/.test(value) && !value.endsWith(':') && !/^(y|n|yes|no|on|off|true|false|null)$/i.test(value);
  return isPlain ? value : JSON.stringify(value);
}
