import type {PackageContents} from '../../audit/package-contents.ts';
import {byteSize} from '../../model/byte-size.ts';
import {inRuntime, shareOf, sizesOf} from '../findings/packages.ts';
import {html, type Markup} from './markup.ts';

/** What the packages of one template or account are made of. */
export function packagesTable(all: readonly PackageContents[], source: string): Markup | undefined {
  if (all.length === 0) return undefined;
  const shown = all.slice(0, most);
  const left = all.length - shown.length;
  return html`<details class="reach" open><summary><h3>Packages</h3></summary>
<div class="scroll" role="region" tabindex="0" aria-label="Packages in ${source}">
<table class="starts"><thead><tr><th scope="col">Made of</th><th scope="col">Unzipped</th><th scope="col">Share</th><th scope="col">Remark</th></tr></thead>
${shown.map(rowsOf)}</table></div>
${left === 0 ? '' : html`<p>The ${left} smallest are left out; --output json:FILE has them.</p>`}</details>`;
}

const most = 100;

function rowsOf(contents: PackageContents): Markup {
  return html`<tbody>
<tr class="head"><th colspan="4" scope="rowgroup">${contents.function} <small>${sizesOf(contents)}</small></th></tr>
${contents.largest.map(
  part =>
    html`<tr><th scope="row">${part.name}</th><td>${byteSize(part.bytes)}</td><td>${shareOf(part)}</td><td class="note">${part.inRuntime ? inRuntime : ''}</td></tr>
`,
)}</tbody>
`;
}
