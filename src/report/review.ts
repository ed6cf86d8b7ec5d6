import type {AccessLine} from '../deploy/review/access-line.ts';
import type {CodeSize} from '../deploy/review/code-sizes.ts';
import type {DataAtRisk} from '../deploy/review/data-at-risk.ts';
import type {PermissionChange} from '../deploy/review/permission-changes.ts';
import type {Review} from '../deploy/review/review.ts';
import {byteSize} from '../model/byte-size.ts';
import type {Paint} from './deploy.ts';
import {wrap} from './wrap.ts';

/** What a deployment would do, in the order in which a reviewer asks; on a terminal no wider than that. */
export function reviewText(
  review: Pick<Review, 'changes' | 'permissions' | 'atRisk' | 'sizes' | 'place'>,
  paint: Paint,
  columns?: number,
): string {
  const changes = review.changes.map(change => changeLine(change, paint));
  return [...section('Changes', changes), ...meaningLines(review, paint, {columns})].join('\n');
}

/** What the changes mean: who may do more or less, what is lost, what grows. */
export function meaningLines(
  {permissions, atRisk, sizes, place, asSent}: Pick<Review, 'permissions' | 'atRisk' | 'sizes' | 'place' | 'asSent'>,
  paint: Paint,
  {
    titled = title => title,
    columns,
  }: {readonly titled?: (title: string) => string; readonly columns?: number | undefined} = {},
): readonly string[] {
  return [
    ...section(titled('Permissions'), permissionLines({permissions, place}, paint, columns)),
    ...section(
      titled('Data at risk'),
      atRisk.map(risk => paint.red(wrap('  ', riskText(risk), columns))),
    ),
    ...section(titled('Code, zipped'), sizes.map(sizeLine)),
    ...section(
      titled('Not checked'),
      asSent ? ['  the template of the change set: CloudFormation does not give it back here'] : [],
    ),
  ];
}

/** One resource that loses its data, as a sentence without its full stop. */
export function riskText({logicalId, resourceType, fate, kept, properties}: DataAtRisk): string {
  const why = properties.length === 0 ? '' : `, because ${properties.join(' and ')} changes`;
  const is = fate === 'may be replaced' ? fate : `is ${fate}`;
  const old = kept
    ? 'what there is stays, outside of the stack'
    : fate === 'removed'
      ? 'what it holds is deleted'
      : 'what the old one holds is deleted';
  return `${logicalId} (${resourceType}) ${is}${why}: ${old}`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines];
}

function changeLine(
  {action, logicalId, resourceType, replacement, properties}: Review['changes'][number],
  paint: Paint,
) {
  const because = properties.filter(({recreates}) => recreates).map(({name}) => name);
  const why = because.length === 0 ? '' : `: ${because.join(', ')}`;
  const replaced =
    replacement === 'True'
      ? paint.red(` (replaced${why})`)
      : replacement === 'Conditional'
        ? paint.yellow(` (may be replaced${why})`)
        : '';
  return `  ${action.padEnd(6)}  ${logicalId}  ${paint.dim(resourceType)}${replaced}`;
}

/** What stays equal is one line, for there is nothing to read in it. */
function permissionLines(
  {permissions, place}: Pick<Review, 'permissions' | 'place'>,
  paint: Paint,
  columns: number | undefined,
): readonly string[] {
  const equal = permissions.filter(({verdict}) => verdict === 'equal').map(({name}) => name);
  return [
    ...permissions
      .filter(({verdict}) => verdict !== 'equal')
      .flatMap(change => [
        `  ${subjectText(change)}  ${verdictText(change.verdict, paint)}`,
        ...lineTexts(change.widened, 'no longer denied: ', place).map(text =>
          paint.yellow(wrap('    + ', text, columns)),
        ),
        ...lineTexts(change.narrowed, 'now denied: ', place).map(text => wrap('    - ', text, columns)),
      ]),
    ...(equal.length === 0 ? [] : [paint.dim(wrap('  equal: ', equal.join(', '), columns))]),
  ];
}

function subjectText({kind, name, functions}: PermissionChange): string {
  const of = functions.length === 0 ? '' : ` of ${functions.join(', ')}`;
  if (kind === 'role') return `${name}${of}`;
  return kind === 'template' && name === '' ? 'the template' : `${name} (${kind})`;
}

function verdictText(verdict: PermissionChange['verdict'], paint: Paint): string {
  if (verdict === 'narrowed') return paint.green(verdict);
  return paint.yellow(verdict === 'changed' ? 'widened and narrowed' : verdict);
}

/** Actions that are allowed on the same thing in the same way share a line. */
function lineTexts(lines: readonly AccessLine[], ofDenial: string, place: Review['place']): readonly string[] {
  const texts = new Map<string, string[]>();
  for (const line of lines) {
    const [rest, action] = lineParts(line, ofDenial, place);
    texts.set(rest, [...(texts.get(rest) ?? []), ...action]);
  }
  return [...texts].map(([rest, actions]) => rest.replace('{actions}', () => actions.join(', ')));
}

function lineParts(
  line: AccessLine,
  ofDenial: string,
  place: Review['place'],
): readonly [text: string, action: readonly string[]] {
  if (line.kind === 'unknown') return [`not known: ${line.name} (${line.reason})`, []];
  if ('name' in line) return [`${line.kind} ${line.name}`, []];
  const {kind, principal, action, resource, conditions, policy} = line;
  const denied = kind === 'deny' ? ofDenial : '';
  const who = principal === undefined ? '' : ` ${kind === 'deny' ? 'to' : 'for'} ${principal}`;
  const on = resource === 'itself' ? '' : ` on ${shortArn(resource, action, place)}`;
  const when = conditions.length === 0 ? '' : `, if ${conditions.join(' and ')}`;
  return [`${denied}{actions}${on}${who}${when}${policy === undefined ? '' : ` (${policy})`}`, [action]];
}

/** In the stack's own account and region the end says it all: `table/${ObjectTable}`. */
function shortArn(arn: string, action: string, place: Review['place']): string {
  const {region, account} = place ?? {region: `\${AWS::Region}`, account: `\${AWS::AccountId}`};
  const own = `:${action.split(':')[0]}:${region}:${account}:`;
  const end = arn.replace(/^arn:[^:]*/, '');
  return end !== arn && end.startsWith(own) ? end.slice(own.length) : arn;
}

function sizeLine({function: name, before, after}: CodeSize): string {
  if (before === undefined) return `  ${name}  ${byteSize(after)}`;
  const percent = Math.round((after / before - 1) * 100);
  const growth = percent === 0 ? '' : ` (${percent > 0 ? '+' : ''}${percent} %)`;
  return `  ${name}  ${byteSize(after)}, was ${byteSize(before)}${growth}`;
}
