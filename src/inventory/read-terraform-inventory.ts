import type {PlacedTemplate} from '../cloudformation/placed-template.ts';
import {GearError} from '../errors.ts';
import type {NotChecked} from '../model/finding.ts';
import type {Inventory} from '../model/inventory.ts';
import type {LambdaFunction} from '../model/lambda-function.ts';
import {isUnresolved} from '../model/resolvable.ts';
import {readTemplateInventory} from './read-template-inventory.ts';
import {arnOfResource} from './template/references.ts';
import {regionOf} from './terraform/regions.ts';
import {readResources, type TerraformResource, type TerraformResources} from './terraform/resources.ts';
import {parseShowOutput, type ShowOutput} from './terraform/show-output.ts';
import {templateOf} from './terraform/template.ts';
import {unreadOf} from './terraform/unread.ts';

/** A plan or a state, as `terraform show -json` prints it. */
export async function readTerraformInventory(
  text: string,
  file: string,
  {zipped = false}: {readonly zipped?: boolean} = {},
): Promise<Inventory> {
  const show = parseShowOutput(text, file);
  const resources = readResources(show);
  const template = guarded(() => templateOf(resources, file), file);
  // Networks are not translated: what they are is not known, and no finding.
  const {subnets, vpcEndpoints, securityGroups, ...inventory} = await readTemplateInventory(template, {
    arns: arnsOf(resources, show, template),
    zipped,
  });
  const byAddress = new Map(resources.all.map(resource => [resource.address, resource]));
  return {
    ...inventory,
    named: (inventory.named ?? []).map(resource => ({...resource, reference: `${resource.name}.arn`})),
    functions: inventory.functions.map(({publishesVersions, ...fn}) => withKnownSize(fn, byAddress.get(fn.name))),
    unread: [...unreadOf(resources, show, file), ...unknownRoles(inventory), ...inventory.unread],
  };
}

/** Reading recurses, so that nesting beyond all reason ends the stack. */
function guarded<T>(read: () => T, file: string): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new GearError(`${file}: it is nested too deeply`, {code: 'TEMPLATE_UNREADABLE'});
  }
}

/** Of what is there already, its own; otherwise the one it will have in its region. */
function arnsOf(
  resources: TerraformResources,
  show: ShowOutput,
  template: PlacedTemplate,
): ReadonlyMap<string, string> {
  return new Map(
    resources.all
      .filter(({mode}) => mode === 'managed')
      .flatMap(resource => {
        const {address, values} = resource;
        if (typeof values.arn === 'string' && values.arn !== '') return [[address, values.arn] as const];
        const region = regionOf(resource, resources, show);
        if (region === undefined) return [];
        const arn = arnOfResource(address, {template, parameters: {}});
        return [[address, arn.replace(/\$\{AWS::Region\}/, region)] as const];
      }),
  );
}

/** AWS has told the size of a deployed package, also where the package itself is not at hand. */
function withKnownSize(fn: LambdaFunction, resource: TerraformResource | undefined): LambdaFunction {
  const size = resource?.values.source_code_size;
  return fn.package.kind === 'unknown' && typeof size === 'number' && size > 0
    ? {...fn, package: {kind: 'archive', compressedBytes: size}}
    : fn;
}

/** What a function may do cannot be told then, whatever roles there are. */
function unknownRoles({functions}: Inventory): readonly NotChecked[] {
  return functions.flatMap(({name, role, origin}) =>
    isUnresolved(role)
      ? [{rule: 'iam/*', resource: name, reason: `its role is not known: ${role.reason}`, origin}]
      : [],
  );
}
