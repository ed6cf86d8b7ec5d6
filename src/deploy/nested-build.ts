import {dirname, resolve} from 'node:path';
import type {PlacedTemplate} from '../cloudformation/placed-template.ts';
import {readBuildSettings} from '../project/build-settings.ts';
import type {BuildOptions} from './build-functions.ts';
import type {NestedTemplate} from './nested-templates.ts';
import {requireKnownBudgets} from './size-budget.ts';

/** gear.yaml lies beside the template at the top, and has budgets for the functions of nested ones, too. */
export async function withBudgets<O extends BuildOptions>(
  template: PlacedTemplate,
  nested: readonly NestedTemplate[],
  options: O,
): Promise<O> {
  const settings = await readBuildSettings(options.folder);
  requireKnownBudgets(settings, template, nested);
  return {...options, settings};
}

/** How the functions of a nested template are built: from its own folder, with the parameters that it is given. */
export function inNested<O extends BuildOptions>(
  options: O,
  above: PlacedTemplate,
  {logicalId, template}: Pick<NestedTemplate, 'logicalId' | 'template'>,
): O {
  return {
    ...options,
    folder: dirname(resolve(template.file)),
    within: `${options.within ?? ''}${logicalId}/`,
    parameters: parametersOf(above, logicalId, options.parameters ?? {}),
  };
}

/** As far as they are text, or a parameter of the template above. */
function parametersOf(
  {body}: PlacedTemplate,
  logicalId: string,
  above: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const resources = body.Resources as Record<string, {Properties?: {Parameters?: object | null}}>;
  const declared = (body.Parameters ?? {}) as Readonly<Record<string, {Default?: unknown} | null>>;
  const given = (value: unknown) => {
    const name = (value as {Ref?: unknown} | null)?.Ref;
    if (typeof name !== 'string') return typeof value === 'object' ? undefined : String(value);
    return Object.hasOwn(above, name) ? above[name] : declared[name]?.Default;
  };
  return Object.fromEntries(
    Object.entries(resources[logicalId]?.Properties?.Parameters ?? {}).flatMap(([name, value]) => {
      const known = given(value);
      return known === undefined ? [] : [[name, known]];
    }),
  );
}
