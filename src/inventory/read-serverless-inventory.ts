import {readFileSync} from 'node:fs';
import {GearError} from '../errors.ts';
import type {NotChecked} from '../model/finding.ts';
import type {Inventory} from '../model/inventory.ts';
import {type Resolvable, unresolved} from '../model/resolvable.ts';
import {readTemplateInventory} from './read-template-inventory.ts';
import {compileService} from './serverless/compile.ts';
import {at} from './serverless/config-node.ts';
import {readIgnoreComments} from './serverless/ignore-comments.ts';
import {unknownPlugins} from './serverless/plugins.ts';
import {readConfig} from './serverless/read-config.ts';
import {readService} from './serverless/service.ts';
import {noteUnknownSettings} from './serverless/settings.ts';
import {readVariables} from './serverless/variables.ts';

interface ServerlessReading {
  readonly inventory: Inventory;
  /** What `--parameter` could have given: variables that were asked for, and parameters of the template inside. */
  readonly parameters: ReadonlySet<string>;
}

interface ServerlessOptions {
  /** Those that are known give the variables their values. */
  readonly parameters?: Readonly<Record<string, Resolvable<string>>>;
  /** In the place of what the file says now. */
  readonly text?: string;
  /** Whether to say how large the zips of folders would be. */
  readonly zipped?: boolean;
}

/** A service of the Serverless Framework (3 and 4) or osls, without running the framework or any of its plugins. */
export async function readServerlessInventory(
  file: string,
  {parameters = {}, text: edited, zipped = false}: ServerlessOptions = {},
): Promise<ServerlessReading> {
  refuseCode(file);
  const text = edited ?? readFileSync(file, 'utf8');
  const unread: NotChecked[] = [];
  const note = (entry: Omit<NotChecked, 'rule'> & {readonly rule?: string}) => unread.push({rule: '*', ...entry});
  const root = readConfig(text, file);
  const variables = readVariables(root, file, {given: knownOnly(parameters)});
  const service = readService(root, file, variables, note);
  noteUnknownSettings(service);
  const strangers = unknownPlugins(service);
  for (const {name, origin} of strangers)
    note({resource: '', reason: `gear does not know what the plugin ${name} adds to the service`, origin});
  const template = compileService(service, file);
  const inventory = await readTemplateInventory(template, {parameters, zipped});
  // Built into version 4, and a plugin before.
  const adding = at(service.config, 'custom', 'alerts') === undefined ? strangers[0]?.name : 'custom.alerts';
  const alarms = adding === undefined ? inventory.alarms : unresolved('the alarms', `${adding} may add some`);
  const comments = [[file, text] as const, ...variables.texts].flatMap(([of, said]) => readIgnoreComments(said, of));
  return {
    inventory: {
      ...inventory,
      alarms,
      ignores: [...inventory.ignores, ...comments],
      unread: [...unread, ...inventory.unread],
    },
    parameters: new Set([...variables.asked, ...Object.keys(template.body.Parameters ?? {})]),
  };
}

function knownOnly(parameters: Readonly<Record<string, Resolvable<string>>>): Readonly<Record<string, string>> {
  const known = Object.entries(parameters).filter((each): each is [string, string] => typeof each[1] === 'string');
  return Object.fromEntries(known);
}

function refuseCode(file: string): void {
  if (!/\.[cm]?[jt]s$/.test(file)) return;
  throw new GearError(`${file} is code, and gear does not run it to see which service comes out`, {
    code: 'TEMPLATE_UNREADABLE',
    suggestions: [
      'serverless print > serverless.yml, and audit that',
      'serverless package, and audit .serverless/cloudformation-template-update-stack.json',
    ],
  });
}
