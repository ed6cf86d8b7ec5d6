import type {FunctionStarts} from '../../audit/audit.ts';
import {startColumns, startRows, startsSince} from '../findings/starts.ts';
import {html, type Markup} from './markup.ts';

/** How the functions of one account started. */
export function startsTable(all: readonly FunctionStarts[], source: string): Markup | undefined {
  if (all.length === 0) return undefined;
  const empty = startColumns.map(() => '');
  return html`<details class="reach" open><summary><h3>Cold starts, measured in the logs${startsSince(all)}</h3></summary>
<div class="scroll" role="region" tabindex="0" aria-label="Cold starts in ${source}">
<table class="starts"><thead><tr>${startColumns.map(name => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${startRows(all).map(
    ([
      name,
      ...cells
    ]) => html`<tr><th scope="row">${name}</th>${[...cells, ...empty].slice(0, startColumns.length - 1).map(cell => html`<td>${cell}</td>`)}</tr>
`,
  )}</tbody></table></div></details>`;
}
