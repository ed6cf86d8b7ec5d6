import type {Template} from '../cloudformation/parse.ts';
import type {Inventory} from '../model/inventory.ts';
import type {LambdaFunction} from '../model/lambda-function.ts';
import {readTemplateInventory} from './read-template-inventory.ts';
import {arnOfResource} from './template/references.ts';
import {regionOf} from './terraform/regions.ts';
import {readResources, type TerraformResource, type TerraformResources} from './terraform/resources.ts';
import {parseShowOutput, type ShowOutput} from './terraform/show-output.ts';
import {templateOf} from './terraform/template.ts';
import {unreadOf} from './terraform/unread.ts';

/** A plan or a state, as `terraform show -json` prints it. */
export async function readTerraformInventory(text: string, file: string): Promise<Inventory> {
  const show = parseShowOutput(text, file);
  const resources = readResources(show);
  const template = templateOf(resources, file);
  const inventory = await readTemplateInventory(template, {arns: arnsOf(resources, show, template)});
  const byAddress = new Map(resources.all.map(resource => [resource.address, resource]));
  return {
    ...inventory,
    functions: inventory.functions.map(fn => withKnownSize(fn, byAddress.get(fn.name))),
    unread: [...unreadOf(resources, show, file), ...inventory.unread],
  };
}

/** Of what is there already, its own; otherwise the one it will have in its region. */
function arnsOf({all, modules}: TerraformResources, show: ShowOutput, template: Template): ReadonlyMap<string, string> {
  return new Map(
    all
      .filter(({mode}) => mode === 'managed')
      .flatMap(resource => {
        const {address, values} = resource;
        if (typeof values.arn === 'string' && values.arn !== '') return [[address, values.arn] as const];
        const region = regionOf(resource, {all, modules}, show);
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
