import {GearError, shownPath} from '../../errors.ts';
import {asText} from '../../model/as-text.ts';

/** What the aws CLI prints for a call, as the SDK would have answered it. */
export function awsCliDump(dump: object, file: string): object {
  const next = ['NextMarker', 'NextToken', 'nextToken', 'Marker'].find(name => name in dump);
  if (next !== undefined)
    throw new GearError(`${shownPath(file)} is only a part of the answer: it ends with ${next}`, {
      code: 'SAVED_INCOMPLETE',
      suggestions: ['run the aws command again without --no-paginate and --max-items'],
    });
  return 'RoleDetailList' in dump || 'Policies' in dump ? authorizationDetails(dump) : dump;
}

/** The calls of which gear takes the aws CLI's own output, each with the member that it must have. */
export const awsCliDumps: Readonly<Record<string, string>> = {
  'list-functions.json': 'Functions',
  'get-account-authorization-details.json': 'RoleDetailList',
  'list-event-source-mappings.json': 'EventSourceMappings',
  'describe-log-groups.json': 'logGroups',
  'describe-alarms.json': 'MetricAlarms',
};

/** Without a filter the dump has AWS's own policies too, which gear knows and never asks for. */
function authorizationDetails(dump: object): object {
  const {Policies: policies = [], ...details} = dump as {Policies?: unknown};
  const own = Array.isArray(policies) ? policies.filter(policy => !isOfAws(policy)) : policies;
  return asAnswered({...details, Policies: own}) as object;
}

function isOfAws(policy: {Arn?: unknown} | null): boolean {
  return /^arn:[a-z-]+:iam::aws:/.test(asText(policy?.Arn));
}

/** The CLI decodes documents and writes dates as text. */
function asAnswered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asAnswered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      if (documents.has(name) && typeof member === 'object') return [name, encodeURIComponent(JSON.stringify(member))];
      if (dates.has(name)) return [name, dateOf(name, member)];
      return [name, asAnswered(member)];
    }),
  );
}

const documents = new Set(['AssumeRolePolicyDocument', 'PolicyDocument', 'Document']);

const dates = new Set(['CreateDate', 'UpdateDate', 'LastUsedDate']);

function dateOf(name: string, text: unknown): Date {
  const date = new Date(typeof text === 'number' ? text * 1000 : asText(text));
  if (!Number.isNaN(date.getTime())) return date;
  throw new GearError(`${name} is ${JSON.stringify(text)} in the account authorization details, which is no date`, {
    code: 'SAVED_UNREADABLE',
  });
}
