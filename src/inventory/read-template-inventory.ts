import type {PlacedTemplate} from '../cloudformation/placed-template.ts';
import type {NotChecked} from '../model/finding.ts';
import type {Inventory} from '../model/inventory.ts';
import type {Resolvable} from '../model/resolvable.ts';
import {type FunctionUnseen, handlersUnseen} from './handlers-unseen.ts';
import {readAlarms} from './template/alarms.ts';
import {readConstructs} from './template/constructs.ts';
import {readDeliveries} from './template/deliveries.ts';
import {readDeploymentPackages} from './template/deployment-package.ts';
import {readEventSourceMappings} from './template/event-sources.ts';
import {expandLoops} from './template/for-each.ts';
import {isFunction, readFunction} from './template/functions.ts';
import {readHandlerWork} from './template/handler-work.ts';
import {readIgnores} from './template/ignores.ts';
import {includeFiles} from './template/include-files.ts';
import {readLogGroups} from './template/log-groups.ts';
import {readNamedResources} from './template/named-resources.ts';
import {readNestedTemplates} from './template/nested-templates.ts';
import {readSecurityGroups, readSubnets, readVpcEndpoints} from './template/network.ts';
import {readQueues} from './template/queues.ts';
import {readResourcePolicies} from './template/resource-policies.ts';
import {templateResources} from './template/resources.ts';
import {readRoles} from './template/roles.ts';
import {readTables} from './template/tables.ts';
import {readTriggers} from './template/triggers.ts';
import {unexpanded} from './template/unexpanded.ts';

export interface TemplateOptions {
  /** Values of parameters; what is not given has its default, or is not known. */
  readonly parameters?: Readonly<Record<string, Resolvable<string>>>;
  /** ARNs that are known, by logical ID. */
  readonly arns?: ReadonlyMap<string, string>;
  /** Whether to say how large the zips of folders would be, which takes making them. */
  readonly zipped?: boolean;
}

/** CloudFormation, and SAM without running its transform: every element keeps the place where its author wrote it. */
export async function readTemplateInventory(
  written: PlacedTemplate,
  {parameters = {}, arns = new Map(), zipped = false}: TemplateOptions = {},
): Promise<Inventory> {
  const unread: NotChecked[] = [];
  const whole = await includeFiles(written, note => unread.push(note));
  unread.push(...unexpanded(whole));
  const template = expandLoops({template: whole, parameters, arns}, note => unread.push(note));
  const environment = {template, parameters, arns};
  const resources = templateResources(environment);
  const {roles, policies} = readRoles(resources, environment, note => unread.push(note));
  const nested = readNestedTemplates(resources, template.file, note => unread.push(note));
  const functionResources = resources.filter(isFunction);
  const packages = await readDeploymentPackages(functionResources, template.file, {zipped});
  const unseen: FunctionUnseen[] = [];
  const functions = await Promise.all(
    functionResources.map(async (fn, index) => {
      const code = {
        deploymentPackage: packages[index]!,
        handlerWork: await readHandlerWork(fn, template, why =>
          unseen.push({name: fn.logicalId, why, origin: fn.origin}),
        ),
      };
      return readFunction(fn, resources, environment, readTriggers(fn, resources, environment), code);
    }),
  );
  const {notChecked, notJudged} = handlersUnseen(unseen);
  return {
    source: {kind: 'template', file: template.file},
    functions,
    roles,
    policies,
    eventSourceMappings: readEventSourceMappings(resources, environment),
    queues: readQueues(resources, environment),
    logGroups: readLogGroups(resources),
    alarms: readAlarms(resources),
    named: readNamedResources(resources, environment),
    resourcePolicies: readResourcePolicies(resources, environment, note => unread.push(note)),
    duplicateKeys: template.duplicateKeys ?? [],
    nested,
    constructs: readConstructs(resources),
    tables: readTables(resources, environment),
    deliveries: readDeliveries(resources),
    subnets: readSubnets(resources),
    vpcEndpoints: readVpcEndpoints(resources),
    securityGroups: readSecurityGroups(resources),
    ignores: await readIgnores(resources, template),
    unread: [...unread, ...notChecked],
    notJudged,
  };
}
