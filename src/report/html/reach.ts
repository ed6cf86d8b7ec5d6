import type {AccessMap, MappedRole, Reach} from '../../audit/access-map.ts';
import {reachLabel} from './graph.ts';
import {html, type Markup} from './markup.ts';

/** Who can reach what: for each role the functions that run as it, and a row for each resource. */
export function reachTable(map: AccessMap): Markup | undefined {
  const roles = map.roles.filter(({reaches, notes}) => reaches.length + notes.length > 0);
  if (roles.length === 0) return undefined;
  return html`<details class="reach" open><summary><h3>Who can reach what</h3></summary>
<div class="scroll" role="region" tabindex="0" aria-label="Who can reach what in ${map.source}">
<table><thead><tr><th scope="col">Resource</th><th scope="col">Actions</th></tr></thead>
${roles.map(role => roleRows(role, map))}</table></div></details>`;
}

function roleRows(role: MappedRole, map: AccessMap): Markup {
  const functions = map.functions.filter(fn => fn.role === role.name).map(({name}) => name);
  const users = functions.length === 0 ? 'of no function here' : `of ${functions.join(', ')}`;
  return html`<tbody>
<tr class="head"><th colspan="2" scope="rowgroup">${role.name} <small>${users}</small></th></tr>
${role.reaches.map(
  reach => html`<tr>${reachCells(reach)}</tr>
`,
)}${role.notes.map(
  note => html`<tr><td colspan="2" class="note">${note}</td></tr>
`,
)}</tbody>
`;
}

function reachCells(reach: Reach): Markup {
  const remarks = [...(kindWords[reach.kind] ?? []), ...(reach.conditional ? ['under conditions'] : [])];
  return html`<td class="${reach.kind}">${reachLabel(reach)}${remarks.map(remark => html`<small>${remark}</small>`)}</td><td>${reach.actions.map(action => html`<code class="${/^\*|:\*|^all but/.test(action) ? 'wide' : ''}">${action}</code> `)}</td>`;
}

const kindWords: Readonly<Partial<Record<Reach['kind'], readonly string[]>>> = {
  any: ['names no resource, though the actions could'],
  unnamed: ['these actions cannot name a resource'],
  'own-logs': ['its own log group'],
  unknown: ['not known from here'],
};
