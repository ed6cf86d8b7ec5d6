import {asText} from '../../model/as-text.ts';
import {isObject} from '../../model/is-object.ts';
import {attributesOf} from './attribute.ts';
import type {TerraformResource, TerraformResources} from './resources.ts';
import type {ShowOutput} from './show-output.ts';

/** The region of a resource, by its own argument or by its provider's; undefined where only an apply knows it. */
export function regionOf(
  resource: TerraformResource,
  resources: TerraformResources,
  show: ShowOutput,
): string | undefined {
  const own = attributesOf(resource, resources).at('region').value;
  if (typeof own === 'string') return own;
  const key = asText(resource.config?.provider_config_key ?? 'aws');
  const expression = show.configuration?.provider_config?.[key]?.expressions?.region;
  if (!isObject(expression)) return undefined;
  if (typeof expression.constant_value === 'string') return expression.constant_value;
  const [name] = Array.isArray(expression.references) ? expression.references : [];
  const variable = typeof name === 'string' && /^var\.(\w+)$/.exec(name)?.[1];
  const value = variable ? show.variables?.[variable]?.value : undefined;
  return typeof value === 'string' ? value : undefined;
}
