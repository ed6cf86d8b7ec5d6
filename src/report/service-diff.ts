import type {TemplateDifference} from '../deploy/diff/compare-templates.ts';
import type {ServiceDiff} from '../deploy/diff/diff-service.ts';
import type {DiffReview, Replaced} from '../deploy/diff/review-diff.ts';
import {meaningLines} from './review.ts';

type Paint = Readonly<Record<'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan', (text: string) => string>>;

export function serviceDiffText(
  stackName: string,
  diff: ServiceDiff,
  review: DiffReview,
  paint: Paint,
  columns?: number,
): string {
  const {creates, template, parameters, changeSet, notCompared} = diff;
  const meaning = meaningLines(review, paint, {titled: paint.bold, columns});
  if (creates) return [`${stackName} is not deployed here: a deployment would create all of it`, ...meaning].join('\n');
  const sections = [...new Set(template.map(({section}) => section))];
  const listed = new Set(template.map(({name}) => name));
  const others = changeSet.filter(
    ({logicalId}) => !listed.has(logicalId) && !template.some(({name}) => name.startsWith(`${logicalId}/`)),
  );
  const lines = [
    ...sections.flatMap(section => [
      paint.bold(section),
      ...template
        .filter(one => one.section === section)
        .flatMap(one => differenceLines(one, replacementOf(one, review), paint)),
    ]),
    ...(parameters.length === 0 ? [] : [paint.bold('Values of parameters')]),
    ...parameters.map(({name, before, after}) => `  ${name}: ${before ?? '(none)'} -> ${after}`),
    ...(others.length === 0 ? [] : [paint.bold('What CloudFormation would change besides')]),
    ...others.map(
      ({action, logicalId, resourceType}) =>
        `  ${action.padEnd(6)}  ${logicalId}  ${paint.dim(resourceType)}${replacedText(
          review.replaced.find(one => one.logicalId === logicalId),
          paint,
        )}`,
    ),
    ...(notCompared === undefined ? [] : [`Not compared: ${notCompared}`]),
  ];
  if (lines.length === 0) return `${stackName} is what is deployed: no differences`;
  const unknown =
    review.notReviewed === undefined || notCompared !== undefined
      ? []
      : [`What is replaced is not known: ${review.notReviewed}`];
  return [...lines, ...meaning, ...unknown].join('\n');
}

function replacementOf({section, name}: TemplateDifference, {replaced}: DiffReview): Replaced | undefined {
  return section === 'Resources' ? replaced.find(({logicalId}) => logicalId === name) : undefined;
}

function differenceLines(
  {action, name, type, members}: TemplateDifference,
  replaced: Replaced | undefined,
  paint: Paint,
): readonly string[] {
  const colour = {Add: paint.green, Modify: paint.yellow, Remove: paint.red}[action];
  return [
    `  ${colour(action.padEnd(6))}  ${name}${type === undefined ? '' : `  ${paint.dim(type)}`}${replacedText(replaced, paint)}`,
    ...members.map(member => {
      const path = member.path === '' ? '' : `${member.path}: `;
      return `    ${path}${valueText(member, 'before')} -> ${valueText(member, 'after')}`;
    }),
  ];
}

function replacedText(replaced: Replaced | undefined, paint: Paint): string {
  if (replaced === undefined) return '';
  const why = replaced.properties.length === 0 ? '' : `: ${replaced.properties.join(', ')}`;
  return replaced.certain ? paint.red(` (replaced${why})`) : paint.yellow(` (may be replaced${why})`);
}

const longest = 80;

function valueText(member: TemplateDifference['members'][number], side: 'before' | 'after'): string {
  if (!(side in member)) return '(none)';
  const value = member[side];
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const [, hash] = /^(?:package|file) ([0-9a-f]{12})[0-9a-f]{52}$/.exec(text) ?? [];
  if (hash !== undefined) return hash;
  const line = text.replaceAll('\n', '\\n');
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
