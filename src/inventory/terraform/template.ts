import type {PlacedTemplate} from '../../cloudformation/placed-template.ts';
import {asText} from '../../model/as-text.ts';
import {defined} from './policy-documents.ts';
import type {TerraformResources} from './resources.ts';
import {translate, translator} from './translate.ts';

/**
 * The template that would make the same: its logical IDs are the addresses of Terraform, and so is the place of
 * everything in it, since no line of what Terraform prints was written by anybody.
 */
export function templateOf(resources: TerraformResources, file: string): PlacedTemplate {
  const body: Record<string, unknown> = {};
  const saidBy = new Map<string, string>();
  const translationOf = translator(resources);
  for (const resource of resources.all) {
    if (resource.mode !== 'managed') continue;
    const part = translate(translationOf(resource));
    if (part === undefined) continue;
    body[resource.address] = {Type: part.type, Properties: defined(part.properties)};
    for (const [place, address] of part.saidBy ?? []) saidBy.set(`${resource.address}/${place}`, address);
  }
  return {
    file,
    text: '',
    body: {Resources: body},
    pathsAt: () => [],
    originOf([, address = '', , ...place]) {
      const other = saidBy.get([address, ...place.slice(0, 2)].join('/'));
      return {file, address: other ?? asText(address)};
    },
  };
}
