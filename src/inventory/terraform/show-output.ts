import {GearError} from '../../errors.ts';
import {asText} from '../../model/as-text.ts';
import {isObject} from '../../model/is-object.ts';

/**
 * What `terraform show -json` prints of a plan or a state, as far as it is asked for here.
 * https://developer.hashicorp.com/terraform/internals/json-format
 */
export interface ShowOutput {
  readonly format_version: string;
  /** Of a plan. */
  readonly planned_values?: {readonly root_module?: ModuleValues};
  readonly resource_changes?: readonly ResourceChange[];
  readonly configuration?: {
    readonly provider_config?: Readonly<Record<string, ProviderConfig>>;
    readonly root_module?: ModuleConfig;
  };
  readonly variables?: Readonly<Record<string, {readonly value?: unknown}>>;
  readonly errored?: boolean;
  readonly complete?: boolean;
  /** Of a state. */
  readonly values?: {readonly root_module?: ModuleValues};
}

export interface ModuleValues {
  /** Absent for the root. */
  readonly address?: string;
  readonly resources?: readonly ResourceValues[];
  readonly child_modules?: readonly ModuleValues[];
}

export interface ResourceValues {
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
  readonly values?: Readonly<Record<string, unknown>>;
}

interface ResourceChange {
  readonly address: string;
  /** Of an object that is only there to be deleted. */
  readonly deposed?: string;
  readonly change?: {readonly after_unknown?: unknown};
}

export interface ModuleConfig {
  readonly resources?: readonly ResourceConfig[];
  readonly module_calls?: Readonly<Record<string, ModuleCall>>;
  readonly outputs?: Readonly<Record<string, {readonly expression?: unknown}>>;
}

export interface ResourceConfig {
  /** Relative to its module, without index. */
  readonly address: string;
  readonly provider_config_key?: string;
  readonly expressions?: Readonly<Record<string, unknown>>;
  readonly for_each_expression?: unknown;
}

interface ModuleCall {
  readonly module?: ModuleConfig;
  readonly expressions?: Readonly<Record<string, unknown>>;
}

interface ProviderConfig {
  readonly expressions?: Readonly<Record<string, unknown>>;
}

/** Told by what is in it, whatever the file is called. */
export function isPlanOrState(text: string): boolean {
  return isTerraformJson(text) && /"terraform_version"\s*:/.test(text) && /"(planned_values|values)"\s*:/.test(text);
}

/** Whatever one of Terraform's commands printed as JSON. */
export function isTerraformJson(text: string): boolean {
  return /^\s*\{/.test(text) && /"format_version"\s*:\s*"/.test(text) && !/"Resources"\s*:/.test(text);
}

export function parseShowOutput(text: string, file: string): ShowOutput {
  const refuse = (what: string) =>
    new GearError(`${file}: ${what}`, {code: 'TEMPLATE_UNREADABLE', suggestions: [show]});
  let body: Partial<ShowOutput>;
  try {
    body = JSON.parse(text) as Partial<ShowOutput>;
  } catch (cause) {
    throw refuse(`it is no JSON: ${(cause as Error).message}`);
  }
  const {format_version: version, planned_values: planned, values} = body;
  if (typeof version !== 'string' || !/^[01](\.|$)/.test(version))
    throw refuse(`gear reads version 1 of Terraform's JSON, and this is version ${asText(version)}`);
  if (!isObject(planned) && !isObject(values)) throw refuse('it is neither a plan nor a state with resources');
  const wrong = shapeProblem(body);
  if (wrong !== undefined) throw refuse(`it is not as Terraform prints it: ${wrong}`);
  return body as ShowOutput;
}

/** The skeleton; values and expressions may be anything. */
function shapeProblem({
  planned_values: planned,
  values,
  resource_changes: changes,
  configuration,
}: Partial<ShowOutput>) {
  return (
    problemOfList('resource_changes', changes, ['address']) ??
    problemOfValues((planned ?? values)?.root_module, 0) ??
    problemOfConfig(configuration?.root_module, 0)
  );
}

function problemOfValues(module: unknown, depth: number): string | undefined {
  if (module === undefined) return undefined;
  if (!isObject(module)) return 'a module is not an object';
  if (depth > maximumDepth) return 'its modules are nested too deeply';
  const problem =
    problemOfList('resources', module.resources, ['address', 'type', 'name']) ??
    problemOfList('child_modules', module.child_modules, ['address']);
  if (problem !== undefined) return problem;
  return ((module.child_modules ?? []) as readonly unknown[])
    .map(child => problemOfValues(child, depth + 1))
    .find(found => found !== undefined);
}

function problemOfConfig(module: unknown, depth: number): string | undefined {
  if (module === undefined) return undefined;
  if (!isObject(module)) return 'the configuration of a module is not an object';
  if (depth > maximumDepth) return 'its modules are nested too deeply';
  const calls = module.module_calls ?? {};
  if (!isObject(calls) || !Object.values(calls).every(isObject)) return 'module_calls is not an object of objects';
  return (
    problemOfList('resources', module.resources, ['address']) ??
    Object.values(calls)
      .map(call => problemOfConfig((call as Record<string, unknown>).module, depth + 1))
      .find(found => found !== undefined)
  );
}

const maximumDepth = 50;

function problemOfList(name: string, list: unknown, texts: readonly string[]): string | undefined {
  if (list === undefined) return undefined;
  if (!Array.isArray(list)) return `${name} is not a list`;
  const missing = texts.find(text => !list.every(item => isObject(item) && typeof item[text] === 'string'));
  return missing === undefined ? undefined : `an item of ${name} has no ${missing}`;
}

const show = 'terraform plan -out p && terraform show -json p > plan.json';

/** What people have at hand of Terraform and gear cannot read, with the command that makes what it can. */
export function refuseOtherTerraform(file: string, bytes: Buffer): void {
  const what = otherTerraform(file, bytes);
  if (what === undefined) return;
  throw new GearError(`${file} is ${what.text}, which gear does not read`, {
    code: 'TEMPLATE_UNREADABLE',
    suggestions: [what.command, 'then audit the JSON'],
  });
}

function otherTerraform(file: string, bytes: Buffer): {text: string; command: string} | undefined {
  if (isTerraformSource(file)) return {text: "Terraform's configuration language", command: show};
  // A plan file is a zip.
  if (bytes.subarray(0, 4).toString('latin1') === 'PK\x03\x04' && bytes.includes('tfplan'))
    return {text: 'a plan in its binary form', command: `terraform show -json ${file} > plan.json`};
  const start = bytes.subarray(0, 2000).toString('utf8');
  if (/"@level"\s*:/.test(start) && /"terraform"\s*:/.test(start))
    return {text: 'the log of terraform plan -json', command: show};
  if (/"lineage"\s*:/.test(start) && /"terraform_version"\s*:/.test(start))
    return {text: 'a raw state', command: `terraform show -json ${file} > state.json`};
  return undefined;
}

export function isTerraformSource(file: string): boolean {
  return /\.(tf|tofu)(\.json)?$/.test(file);
}
