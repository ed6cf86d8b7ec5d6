import {literal, literalQuestionMark, literalStar} from './glob.ts';

/** The values that a request brings, by condition key; keys are compared without regard to case. */
export type Context = Readonly<Record<string, string | readonly string[]>>;

/**
 * Replaces `${aws:username}`, `${aws:PrincipalTag/team, 'none'}` and `${*}`. The values match only themselves, also
 * when they contain a star. Undefined when a variable has neither a value nor a default: then the pattern matches
 * nothing. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function substituteVariables(pattern: string, context: Context): string | undefined {
  if (!pattern.includes('${')) return pattern;
  let unknown = false;
  const text = pattern.replaceAll(/\$\{([^}]*)\}/g, (_, variable: string) => {
    if (variable === '*') return literalStar;
    if (variable === '?') return literalQuestionMark;
    if (variable === '$') return '$';
    const [, key = '', fallback] = /^\s*([^,\s]+)\s*(?:,\s*'([^']*)'\s*)?$/.exec(variable) ?? [];
    const value = contextValue(context, key);
    // A variable stands for one value; a key with several has none to stand for.
    if (typeof value === 'string') return literal(value);
    if (fallback !== undefined) return literal(fallback);
    unknown = true;
    return '';
  });
  return unknown ? undefined : text;
}

export function contextValue(context: Context, key: string): string | readonly string[] | undefined {
  if (Object.hasOwn(context, key)) return context[key];
  const wanted = key.toLowerCase();
  for (const name in context) if (name.toLowerCase() === wanted) return context[name];
  return undefined;
}
