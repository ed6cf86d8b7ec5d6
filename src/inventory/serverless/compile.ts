import type {PlacedTemplate} from '../../cloudformation/placed-template.ts';
import type {ConfigNode, MapNode} from './config-node.ts';
import {mappingOf} from './event-source-mappings.ts';
import {functionResources} from './functions.ts';
import {invokingResources} from './invoking-events.ts';
import {layerResources} from './layers.ts';
import {withOwnResources} from './resources.ts';
import {readRoles} from './roles.ts';
import type {Service} from './service.ts';

/**
 * The CloudFormation that the framework makes of a service, as far as an audit asks for it. Each value keeps the place
 * where its author wrote it; what the framework adds stands where the setting does that makes it.
 */
export function compileService(service: Service, file: string): PlacedTemplate {
  const resources = new Map<string, ConfigNode>();
  const add = (made: Iterable<readonly [string, ConfigNode]>) => {
    for (const [id, resource] of made) if (!resources.has(id)) resources.set(id, resource);
  };
  const roles = readRoles(service);
  for (const fn of service.functions) {
    add(Object.entries(functionResources(fn, service, roles.roleOf(fn), file)));
    for (const event of fn.events) {
      const mapping = mappingOf(event, fn);
      const made = mapping === undefined ? invokingResources(event, fn, service) : {};
      // Two sources may have names of which the same is left in a logical ID; neither may be lost.
      if (mapping !== undefined)
        add([[resources.has(mapping.id) ? `${mapping.id}${event.number}` : mapping.id, mapping.resource]]);
      if (made === undefined) {
        const reason = `gear does not know the event ${event.type}`;
        service.note({resource: fn.logicalId, reason, origin: event.origin});
      } else add(Object.entries(made));
    }
  }
  add(Object.entries(roles.resources));
  add(layerResources(service));
  const {origin} = service.config;
  return templateOf(withOwnResources({node: 'map', entries: resources, origin}, service), file);
}

function templateOf(root: MapNode, file: string): PlacedTemplate {
  return {
    file,
    // The resources stand in no text: what is written, and its comments, is about what they are made of.
    text: '',
    body: plain(root) as Record<string, unknown>,
    pathsAt: () => [],
    originOf(path) {
      let found: ConfigNode = root;
      for (const name of path) {
        const next = childOf(found, name);
        if (next === undefined) break;
        found = next;
      }
      return found.origin;
    },
  };
}

function childOf(node: ConfigNode, name: string | number): ConfigNode | undefined {
  if (node.node === 'list') return node.items[Number(name)];
  return node.node === 'map' ? node.entries.get(String(name)) : undefined;
}

/** What is not known stays as it is: the reader of templates takes it for what it is. */
function plain(node: ConfigNode): unknown {
  switch (node.node) {
    case 'scalar':
      return node.value;
    case 'unknown':
      return node.unresolved;
    case 'list':
      return node.items.map(plain);
    case 'map':
      return Object.fromEntries([...node.entries].map(([name, value]) => [name, plain(value)]));
  }
}
