import {createHash} from 'node:crypto';
import {counted} from '../../model/counted.ts';
import {isOpen, severities} from '../../model/finding.ts';
import {sourceOf} from '../../model/origin.ts';
import {type AuditReport, fails} from '../findings/report.ts';
import {findingBlocks, groupOf, notCheckedList} from './findings.ts';
import {graph} from './graph.ts';
import {html, Markup} from './markup.ts';
import {mostSevere, type Shown} from './most-severe.ts';
import {packagesTable} from './packages.ts';
import {reachTable} from './reach.ts';
import {script} from './script.ts';
import {startsTable} from './starts.ts';
import {style} from './style.ts';

/** One file for people: it asks nobody for anything, and nothing in it but its own script can run. */
export function findingsHtml(report: AuditReport): string {
  const verdict = verdictOf(report);
  const shown = mostSevere(report);
  const policy = `default-src 'none'; style-src ${hashOf(style)}; script-src ${hashOf(script)}; img-src data:; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="color-scheme" content="light dark">
<title>${verdict.title} · gear audit</title>
<link rel="icon" href="data:,">
<style>${new Markup(style)}</style>
</head>
<body>
<a class="skip" href="#findings">Skip to the findings</a>
${summary(report, verdict)}
${filters(shown.report)}
<main id="findings" tabindex="-1">
<p class="count" id="count" role="status"></p>
${leftOut(shown, report)}
${services(shown.report, report)}
${remainder(report)}
</main>
<footer>gear ${report.version} · ${report.rules.length} rules ran · the gate closes at ${report.failOn}</footer>
<script>${new Markup(script)}</script>
</body>
</html>`.text;
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

interface Verdict {
  readonly look: 'closed' | 'incomplete' | 'open';
  readonly title: string;
  readonly words: string;
}

function verdictOf(report: AuditReport): Verdict {
  const {result, notRead, refused = [], failOn} = report;
  const failing = result.findings.filter(finding => fails(finding, report)).length;
  const unknown = result.notChecked.length;
  // Everything that fails the command, in the order in which it has to be settled.
  const closing = [
    ...refused.map(what => `${what}.`),
    ...(notRead.length === 0 ? [] : [`${counted(notRead.length, 'input')} could not be read.`]),
    ...(failing === 0
      ? []
      : [
          `${counted(failing, 'finding')} of severity ${failOn} or worse ${failing === 1 ? 'asks' : 'ask'} to be settled.`,
        ]),
  ];
  if (closing.length > 0) return {look: 'closed', title: 'Gate closed', words: closing.join(' ')};
  if (unknown > 0)
    return {
      look: 'incomplete',
      title: 'Gate incomplete',
      words: `Nothing was found that fails it, but ${counted(unknown, 'check')} could not be made, which is no pass.`,
    };
  return {look: 'open', title: 'Gate open', words: `Nothing of severity ${failOn} or worse is left to settle.`};
}

function summary({result, notRead}: AuditReport, verdict: Verdict): Markup {
  const open = result.findings.filter(isOpen);
  const settled = result.findings.length - open.length;
  const roles = (result.maps ?? []).reduce((sum, {roles: each}) => sum + each.length, 0);
  const sources = new Set([...result.sources, ...notRead.map(({resource}) => resource)]).size;
  const tile = (count: number, words: string, look = '') =>
    html`<li class="${look} ${count === 0 ? 'none' : ''}"><strong>${count}</strong> ${words}</li>
`;
  return html`<header class="summary ${verdict.look}">
<p class="brand">gear audit</p>
<h1>${verdict.title}</h1>
<p class="verdict">${verdict.words}</p>
<ul class="tiles" aria-label="Findings by severity">
${severities.map(severity => tile(open.filter(finding => finding.severity === severity).length, severity, severity))}</ul>
<ul class="tiles small" aria-label="What was audited">
${tile(sources, sources === 1 ? 'template or account' : 'templates or accounts')}${tile(result.functions, result.functions === 1 ? 'function' : 'functions')}${tile(roles, roles === 1 ? 'role' : 'roles')}${tile(settled, 'ignored or known')}${tile(result.notChecked.length + notRead.length, 'not checked')}${result.notJudged === undefined ? '' : tile(result.notJudged.length, 'not judged')}</ul>
</header>`;
}

function filters({result}: AuditReport): Markup {
  const groups = [...new Set(result.findings.map(({rule}) => groupOf(rule)))].sort();
  const counted = severities.filter(each => result.findings.some(({severity}) => severity === each));
  return html`<search class="filters"><form id="filters" aria-label="Filter the findings">
<label class="search"><span>Search</span><input type="search" id="q" placeholder="Name, action, file…" autocomplete="off" spellcheck="false"><kbd aria-hidden="true">/</kbd></label>
<fieldset><legend>Severity</legend>${counted.map(severity => html`<label class="chip ${severity}"><input type="checkbox" name="severity" value="${severity}" checked><span>${severity}</span></label>`)}</fieldset>
<label>Group <select id="group"><option value="">all</option>${groups.map(group => html`<option>${group}</option>`)}</select></label>
<label class="check"><input type="checkbox" id="settled" checked> ignored and known</label>
<button type="reset">Show all</button>
</form></search>`;
}

/** A page that shows a part says of how much, and how to see the rest. */
function leftOut({leftFindings, leftFunctions, leftNotChecked, report}: Shown, whole: AuditReport): Markup | string {
  const {result} = whole;
  const left = [
    ...(leftFindings.size === 0
      ? []
      : [`the ${report.result.findings.length} most severe of ${result.findings.length} findings`]),
    ...(leftFunctions === 0
      ? []
      : [`the ${functionsOf(report)} of ${functionsOf(whole)} functions whose findings are the most severe`]),
    ...(leftNotChecked === 0 ? [] : [`${unseenOf(report)} of ${unseenOf(whole)} checks that could not be made`]),
  ];
  if (left.length === 0) return '';
  return html`<aside class="service left-out" aria-label="Left out">
<p><b>Not all of it is on this page:</b> it has ${left.join(', ')}. To see others, audit less at once: one template, one --region, or some rules (--only iam). --output json:FILE has everything.</p>
${leftFindings.size === 0 ? '' : html`<details><summary>Findings that are left out, by rule</summary><ul>${[...leftFindings].map(([name, count]) => html`<li>${name}: ${count}</li>`)}</ul></details>`}</aside>`;
}

function unseenOf({result: {notChecked, notJudged = []}}: AuditReport): number {
  return notChecked.length + notJudged.length;
}

function functionsOf({result}: AuditReport): number {
  return (result.maps ?? []).reduce((sum, {functions}) => sum + functions.length, 0);
}

function services(report: AuditReport, whole: AuditReport): readonly Markup[] {
  const {result} = report;
  const all = Map.groupBy(whole.result.findings, ({origin}) => sourceOf(origin, result.sources));
  const findings = Map.groupBy(result.findings, ({origin}) => sourceOf(origin, result.sources));
  const notChecked = Map.groupBy(result.notChecked, ({origin}) => sourceOf(origin, result.sources));
  const notJudged = Map.groupBy(result.notJudged ?? [], ({origin}) => sourceOf(origin, result.sources));
  const sources = [...new Set([...result.sources, ...all.keys(), ...notChecked.keys(), ...notJudged.keys()])];
  return sources.map((source, index) => {
    const found = findings.get(source) ?? [];
    const unknown = notChecked.get(source) ?? [];
    const opaque = notJudged.get(source) ?? [];
    const map = result.maps?.find(each => each.source === source);
    const drawing = map && graph(map, all.get(source) ?? []);
    return html`<section class="service" aria-labelledby="service-${index}">
<h2 id="service-${index}">${nameOf(source, report)}</h2>
${drawing && html`<figure><div class="scroll" role="region" tabindex="0" aria-label="Graph">${drawing}</div>${legend}</figure>`}
<h3>Findings</h3>
${found.length === 0 ? (all.has(source) ? html`<p>Its findings are among those that are left out.</p>` : html`<p class="nothing">No findings.</p>`) : findingBlocks(found, report)}
${map && reachTable(map)}
${startsTable(
  (result.starts ?? []).filter(each => each.source === source),
  source,
)}
${packagesTable(
  (result.packages ?? []).filter(each => each.source === source),
  source,
)}
${unknown.length === 0 ? '' : html`<h3>Not checked, which is no pass</h3>${notCheckedList(unknown, report)}`}
${opaque.length === 0 ? '' : html`<h3>Not judged, which fails nothing</h3>${notCheckedList(opaque, report)}`}
</section>
`;
  });
}

function nameOf(source: string, {pathOf}: AuditReport): string {
  return /^\d{12}\/[a-z0-9-]+$/.test(source) ? source : pathOf(source);
}

const legend = html`<figcaption><span class="key wide">everything, or every resource</span><span class="key conditional">only under conditions</span><span class="key unknown">not known from here</span> The log group of each function, and what no policy can name, stand in the table only.</figcaption>`;

function remainder(report: AuditReport): readonly (Markup | string)[] {
  const {notRead, gone} = report;
  return [
    notRead.length === 0
      ? ''
      : html`<section class="service"><h2>Could not be read</h2>${notCheckedList(notRead, report)}</section>`,
    gone.length === 0
      ? ''
      : html`<section class="service"><h2>Gone since the baseline was written</h2><ul class="not-checked">${gone.map(({rule, resource, message, source}) => html`<li><p class="message"><b>${resource}:</b> ${message}</p><p class="place"><code>${source}</code> ${rule}</p></li>`)}</ul></section>`,
  ];
}
