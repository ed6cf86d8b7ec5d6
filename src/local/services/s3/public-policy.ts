/**
 * Whether a policy lets anybody in: an allow for everyone that no fixed value of a condition narrows.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
export function isPublicPolicy(policy: unknown): boolean {
  const {Statement: statements} = policy as {Statement?: Statement | readonly Statement[]};
  return [statements ?? []].flat().some(statement => allowsEveryone(statement) && !isNarrowed(statement));
}

interface Statement {
  readonly Effect?: string;
  readonly Principal?: string | Readonly<Record<string, string | readonly string[]>>;
  readonly NotPrincipal?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

function allowsEveryone({Effect, Principal, NotPrincipal}: Statement): boolean {
  if (Effect !== 'Allow') return false;
  if (NotPrincipal !== undefined || Principal === '*') return true;
  return typeof Principal === 'object' && [Principal.AWS ?? []].flat().includes('*');
}

const narrowing = new Set([
  'aws:principalorgid',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:sourcearn',
  'aws:sourceaccount',
  'aws:sourceowner',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:sourceip',
  'aws:userid',
  's3:dataaccesspointarn',
  's3:dataaccesspointaccount',
]);

function isNarrowed({Condition = {}}: Statement): boolean {
  return Object.entries(Condition).some(
    ([operator, keys]) =>
      /^(String|Arn)(Equals|Like)|^IpAddress/.test(operator) &&
      Object.entries(keys).some(
        ([key, values]) =>
          narrowing.has(key.toLowerCase()) &&
          [values].flat().every(value => !['*', '0.0.0.0/0', '::/0'].includes(value)),
      ),
  );
}
