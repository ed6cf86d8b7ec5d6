import {isObject} from '../../model/is-object.ts';
import type {ModuleConfig, ModuleValues, ResourceConfig, ResourceValues, ShowOutput} from './show-output.ts';

/** One instance of a resource, with what the configuration says where its values are not known yet. */
export interface TerraformResource {
  /** `module.orders["eu"].aws_iam_role.process[0]`. */
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  /** Of `count` or `for_each`. */
  readonly key?: string | number;
  readonly module: Module;
  readonly values: Readonly<Record<string, unknown>>;
  /** The same shape as the values, with true where something is known after apply. */
  readonly unknown: unknown;
  readonly config?: ResourceConfig;
}

/** One instance of a module. */
export interface Module {
  /** Empty for the root. */
  readonly address: string;
  readonly name: string;
  readonly key?: string | number;
  readonly parent?: Module;
  /** Absent in a state. */
  readonly config?: ModuleConfig;
}

export interface TerraformResources {
  readonly all: readonly TerraformResource[];
  readonly modules: readonly Module[];
  /** Those that are managed, by each text that names them: an ARN, a name, a URL. */
  readonly byText: ReadonlyMap<string, readonly TerraformResource[]>;
}

export function readResources(show: ShowOutput): TerraformResources {
  const unknown = new Map(
    (show.resource_changes ?? [])
      .filter(({deposed}) => deposed === undefined)
      .map(({address, change}) => [address, change?.after_unknown]),
  );
  const all: TerraformResource[] = [];
  const modules: Module[] = [];
  const visit = (values: ModuleValues, module: Module) => {
    modules.push(module);
    const configs = new Map((module.config?.resources ?? []).map(config => [config.address, config]));
    for (const resource of values.resources ?? []) all.push(asResource(resource, module, configs, unknown));
    for (const child of values.child_modules ?? []) visit(child, childModule(child, module));
  };
  const config = show.configuration?.root_module;
  const root = show.planned_values?.root_module ?? show.values?.root_module ?? {};
  visit(root, {address: '', name: '', ...(config === undefined ? {} : {config})});
  return {all, modules, byText: byText(all)};
}

function byText(all: readonly TerraformResource[]): ReadonlyMap<string, readonly TerraformResource[]> {
  const found = new Map<string, TerraformResource[]>();
  for (const resource of all)
    for (const text of resource.mode === 'managed' ? new Set(naming.map(name => resource.values[name])) : [])
      if (typeof text === 'string' && text !== '') found.set(text, [...(found.get(text) ?? []), resource]);
  return found;
}

const naming = ['arn', 'id', 'function_name', 'name', 'bucket', 'url', 'stream_arn', 'qualified_arn', 'invoke_arn'];

function asResource(
  {address, mode, type, name, index, values}: ResourceValues,
  module: Module,
  configs: ReadonlyMap<string, ResourceConfig>,
  unknown: ReadonlyMap<string, unknown>,
): TerraformResource {
  const config = configs.get(`${mode === 'data' ? 'data.' : ''}${type}.${name}`);
  return {
    address,
    mode,
    type,
    name,
    ...(index === undefined ? {} : {key: index}),
    module,
    values: isObject(values) ? values : {},
    unknown: unknown.get(address),
    ...(config === undefined ? {} : {config}),
  };
}

function childModule({address = ''}: ModuleValues, parent: Module): Module {
  const own = parent.address === '' ? address : address.slice(parent.address.length + 1);
  const [, name = '', index] = /^module\.([^.[]+)(?:\[(.*)\])?$/s.exec(own) ?? [];
  const config = parent.config?.module_calls?.[name]?.module;
  return {
    address,
    name,
    ...(index === undefined ? {} : {key: /^\d+$/.test(index) ? Number(index) : index.slice(1, -1)}),
    parent,
    ...(config === undefined ? {} : {config}),
  };
}
