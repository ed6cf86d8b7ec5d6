import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {readTemplateInventory} from '../../src/inventory/read-template-inventory.ts';
import type {Inventory} from '../../src/model/inventory.ts';

export function inventoryOf(
  yaml: string,
  {file = 'template.yaml', parameters = {}}: {file?: string; parameters?: Record<string, string>} = {},
): Promise<Inventory> {
  return readTemplateInventory(parseTemplate(yaml, file), {parameters});
}
