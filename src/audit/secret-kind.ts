/** What a variable's value looks like, as "it holds ..."; undefined for a name, an ARN, a reference or a plain setting. */
export function secretKind(variable: string, value: string): string | undefined {
  const known = knownForms.find(([, form]) => form.test(value));
  if (known !== undefined) return known[0];
  // `${...}` is filled in when the stack is deployed; an ARN, an address or a path says where something is.
  if (/\$\{|\{\{|^arn:|^\w+:\/\/|^\//.test(value) || isPlaceholder(value)) return undefined;
  if (/passw(or)?d$|^pwd$|_pwd$/i.test(variable)) return value.length >= 4 ? 'a password' : undefined;
  if (!secretNames.test(variable)) return undefined;
  return looksRandom(value) ? 'what looks like a secret' : undefined;
}

/** Forms that are secrets whatever the variable is called. */
const knownForms: readonly (readonly [string, RegExp])[] = [
  ['an access key of AWS', /\b(AKIA|ASIA)[A-Z2-7]{16}\b/],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY/],
  ['a token of GitHub', /\b(gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{50,})/],
  ['a token of Slack', /\bxox[abposr]-[A-Za-z0-9-]{10,}/],
  ['a live key of Stripe', /\b[sr]k_live_[A-Za-z0-9]{16,}/],
  ['a key of Google', /\bAIza[0-9A-Za-z_-]{35}\b/],
  ['a signed token', /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/],
  ['an address with a password', /^[a-z][a-z0-9+.-]*:\/\/[^/:@\s${]*:[^/@\s${}<>]+@/i],
];

const secretNames = /(secret|token|api_?key|private_?key|access_?key|secret_?key|credentials?|auth)$/i;

function isPlaceholder(value: string): boolean {
  return /^(<.*>|\[.*\]|x+|\*+|\.\.\.|todo|none|null|change[-_ ]?me|replace.*|your.*|example.*|dummy.*|test.*)$/i.test(
    value,
  );
}

/** Long, and with letters and digits mixed as words do not: `orders-db-secret` is a name. */
function looksRandom(value: string): boolean {
  if (!/^[A-Za-z0-9+/=_.-]{16,}$/.test(value) || !/\d/.test(value) || !/[A-Za-z]/.test(value)) return false;
  return value.split(/[-_./]/).some(part => part.length >= 12 && /\d/.test(part) && /[A-Za-z]/.test(part));
}
