import type {AnyRule} from '../../audit/define-rule.ts';
import type {Paint} from './paint.ts';

/** A rule's own page, for `--explain`. */
export function ruleText(
  {id, severity, title, why, remedy, since, notLocal, inAccount, examples, reference}: AnyRule,
  paint: Paint,
): string {
  const sections = [
    `${paint.bold(id)}  ${severity}, since ${since}\n${title}`,
    why,
    remedy,
    ...(notLocal === undefined ? [] : [`Not on the embedded AWS: ${notLocal}`]),
    ...(inAccount === undefined ? [] : [`In an account: ${inAccount}`]),
    `${paint.bold('Bad')}\n${indented(examples.bad)}`,
    `${paint.bold('Good')}\n${indented(examples.good)}`,
    ...(reference === undefined ? [] : [paint.dim(reference)]),
  ];
  return sections.join('\n\n');
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '  ');
}
