import type {TemplateDifference} from '../deploy/diff/compare-templates.ts';
import type {ServiceDiff} from '../deploy/diff/diff-service.ts';

type Paint = Readonly<Record<'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan', (text: string) => string>>;

export function serviceDiffText(stackName: string, diff: ServiceDiff, paint: Paint): string {
  const {creates, template, parameters, changeSet, notCompared} = diff;
  if (creates) return `${stackName} is not deployed here: a deployment would create all of it`;
  const sections = [...new Set(template.map(({section}) => section))];
  const listed = new Set(template.map(({name}) => name));
  const others = changeSet.filter(({logicalId}) => !listed.has(logicalId));
  const lines = [
    ...sections.flatMap(section => [
      paint.bold(section),
      ...template.filter(one => one.section === section).flatMap(one => differenceLines(one, paint)),
    ]),
    ...(parameters.length === 0 ? [] : [paint.bold('Values of parameters')]),
    ...parameters.map(({name, before, after}) => `  ${name}: ${before ?? '(none)'} -> ${after}`),
    ...(others.length === 0 ? [] : [paint.bold('What CloudFormation would change besides')]),
    ...others.map(
      ({action, logicalId, resourceType}) => `  ${action.padEnd(6)}  ${logicalId}  ${paint.dim(resourceType)}`,
    ),
    ...(notCompared === undefined ? [] : [`Not compared: ${notCompared}`]),
  ];
  return lines.length === 0 ? `${stackName} is what is deployed: no differences` : lines.join('\n');
}

function differenceLines({action, name, type, members}: TemplateDifference, paint: Paint): readonly string[] {
  const colour = {Add: paint.green, Modify: paint.yellow, Remove: paint.red}[action];
  return [
    `  ${colour(action.padEnd(6))}  ${name}${type === undefined ? '' : `  ${paint.dim(type)}`}`,
    ...members.map(member => {
      const path = member.path === '' ? '' : `${member.path}: `;
      return `    ${path}${valueText(member, 'before')} -> ${valueText(member, 'after')}`;
    }),
  ];
}

const longest = 80;

function valueText(member: TemplateDifference['members'][number], side: 'before' | 'after'): string {
  if (!(side in member)) return '(none)';
  const value = member[side];
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const [, hash] = /^package ([0-9a-f]{12})[0-9a-f]{52}$/.exec(text) ?? [];
  if (hash !== undefined) return hash;
  const line = text.replaceAll('\n', '\\n');
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
