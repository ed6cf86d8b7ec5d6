import {join, relative} from 'node:path';
import type {PlacedTemplate} from '../cloudformation/placed-template.ts';
import {type BuildOptions, type BuiltFunction, buildFunctions} from './build-functions.ts';
import type {NestedTemplate} from './nested-templates.ts';

/**
 * The functions of a template and of those that it nests, which are named by their path: `Storage/SaveFunction`. What
 * reads nested templates is loaded where there is one.
 */
export async function buildTemplate(
  template: PlacedTemplate,
  options: BuildOptions,
): Promise<readonly BuiltFunction[]> {
  if (!/\bAWS::CloudFormation::Stack\b/.test(template.text)) return buildFunctions(template, options);
  const {readNestedTemplates} = await import('./nested-templates.ts');
  const {inNested, withBudgets} = await import('./nested-build.ts');
  const nested = await readNestedTemplates(template);
  const build = async (
    one: PlacedTemplate,
    inner: readonly NestedTemplate[],
    own: BuildOptions,
  ): Promise<BuiltFunction[]> => {
    const built = [...(await buildFunctions(one, own))];
    const {within = ''} = own;
    const named = within === '' ? built : built.map(item => shown(item, within, relative(options.folder, own.folder)));
    for (const each of inner) named.push(...(await build(each.template, each.nested, inNested(own, one, each))));
    return named;
  };
  return build(template, nested, await withBudgets(template, nested, options));
}

function shown(item: BuiltFunction, within: string, folder: string): BuiltFunction {
  return {...item, logicalId: `${within}${item.logicalId}`, code: `./${join(folder, item.code)}`};
}
