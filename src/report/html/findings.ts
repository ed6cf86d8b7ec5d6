import type {AnyRule} from '../../audit/define-rule.ts';
import {type Finding, isOpen, type NotChecked} from '../../model/finding.ts';
import type {Origin} from '../../model/origin.ts';
import type {AuditReport} from '../findings/report.ts';
import {html, type Markup} from './markup.ts';

/** One block for each rule and severity, with its reason and remedy once. */
export function findingBlocks(findings: readonly Finding[], report: AuditReport): readonly Markup[] {
  const blocks = Map.groupBy(findings, ({severity, rule}) => `${severity} ${rule}`);
  return [...blocks.values()].map(block => blockMarkup(block, report));
}

function blockMarkup(findings: readonly Finding[], report: AuditReport): Markup {
  const {severity, rule: id, remedy} = findings[0]!;
  const rule = report.rules.find(each => each.id === id);
  const sameRemedy = findings.every(finding => finding.remedy === remedy);
  return html`<article class="rule">
<header><span class="badge ${severity}">${severity}</span><h4>${rule?.title ?? id}</h4><code class="id">${id}</code></header>
<ul>
${findings.map(finding => itemMarkup(finding, sameRemedy, report))}</ul>
<dl>${rule && html`<dt>Why</dt><dd>${rule.why}</dd>`}${sameRemedy ? html`<dt>Do</dt><dd class="remedy">${remedy}</dd>` : ''}${reference(rule)}</dl>
</article>
`;
}

/** Rules are gear's own, and their references https. */
function reference(rule: AnyRule | undefined): Markup | undefined {
  if (rule?.reference === undefined) return undefined;
  return html`<dt>See</dt><dd><a href="${rule.reference}" rel="noreferrer">${rule.reference.replace('https://', '')}</a></dd>`;
}

function itemMarkup(finding: Finding, sameRemedy: boolean, report: AuditReport): Markup {
  const {severity, rule, message, function: fn, resource, origin, evidence, remedy} = finding;
  const owner = fn === null || fn === resource ? resource : `${resource} (of ${fn})`;
  const facts = Object.entries(evidence).filter(([, value]) => !(Array.isArray(value) && value.length === 0));
  return html`<li class="finding ${isOpen(finding) ? '' : 'settled'}" data-severity="${severity}" data-group="${groupOf(rule)}" data-state="${isOpen(finding) ? 'open' : 'settled'}">
<p class="message">${message}</p>
<p class="place">${owner === '' ? '' : html`<b>${owner}</b> `}<code>${placeOf(origin, report)}</code></p>
${stateMarkup(finding, report)}${facts.length === 0 ? '' : html`<p class="evidence">${facts.map(([name, value]) => html`<span><i>${name}</i> <code>${typeof value === 'object' ? value.join(', ') : String(value)}</code></span> `)}</p>`}${sameRemedy ? '' : html`<p class="remedy">${remedy}</p>`}</li>
`;
}

function stateMarkup({suppressed, known}: Finding, report: AuditReport): Markup | undefined {
  if (known) return html`<p class="state"><b>Known from the baseline</b></p>`;
  if (suppressed === null) return undefined;
  const until = suppressed.expires === null ? '' : `, until ${suppressed.expires}`;
  return html`<p class="state"><b>Ignored${until}:</b> ${suppressed.reason} <code>${placeOf(suppressed.origin, report)}</code></p>`;
}

export function groupOf(rule: string): string {
  return rule.slice(0, rule.indexOf('/'));
}

export function placeOf(origin: Origin, {pathOf}: Pick<AuditReport, 'pathOf'>): string {
  if ('arn' in origin) return origin.arn;
  return `${pathOf(origin.file)}${'line' in origin ? `:${origin.line}` : `: ${origin.address}`}`;
}

/** The same reason at the same place is said once, with all the rules that it stopped. */
export function notCheckedList(entries: readonly NotChecked[], report: AuditReport): Markup {
  const groups = Map.groupBy(
    entries,
    ({resource, reason, origin}) => `${resource}\0${reason}\0${placeOf(origin, report)}`,
  );
  return html`<ul class="not-checked">
${[...groups.values()].map(group => {
  const {resource, reason, origin} = group[0]!;
  const rules = [...new Set(group.map(({rule}) => rule))].filter(rule => rule !== '*');
  return html`<li><p class="message">${resource === '' ? '' : html`<b>${resource}:</b> `}${reason}</p><p class="place"><code>${placeOf(origin, report)}</code> ${rules.join(', ')}</p></li>
`;
})}</ul>`;
}
