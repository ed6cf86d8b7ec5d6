import {at, type ConfigNode, entriesOf, itemsOf, type MapNode, merge} from './config-node.ts';
import {reasonOf, type Service} from './service.ts';

/** The framework's resources with those of the section `resources` laid over them, and its other sections. */
export function withOwnResources(made: MapNode, {config, note}: Service): MapNode {
  let body: ConfigNode = {...made, entries: new Map([['Resources', made]])};
  for (const part of itemsOf(at(config, 'resources'))) {
    if (part.node !== 'map') {
      note({resource: '', reason: `a part of its resources is not known: ${reasonOf(part)}`, origin: part.origin});
      continue;
    }
    const {entries, ...rest} = part;
    const sections = new Map([...entries].filter(([name, value]) => name !== 'extensions' && at(part, name) === value));
    for (const [name, section] of sections)
      if (section.node === 'unknown')
        note({resource: '', reason: `${name} is not known: ${reasonOf(section)}`, origin: section.origin});
    for (const [id, resource] of entriesOf(sections.get('Resources')))
      if (resource.node === 'unknown')
        note({resource: id, reason: `what ${id} is, is not known: ${reasonOf(resource)}`, origin: resource.origin});
    body = merge(body, {...rest, entries: new Map([...sections].filter(([, section]) => section.node !== 'unknown'))});
    body = extended(body, at(part, 'extensions'));
  }
  return body as MapNode;
}

/** An extension's properties replace those that the framework gave its resource, one by one. */
function extended(body: ConfigNode, extensions: ConfigNode | undefined): ConfigNode {
  const resources = new Map(entriesOf(at(body, 'Resources')));
  for (const [id, extension] of entriesOf(extensions)) {
    const resource = resources.get(id);
    if (resource?.node !== 'map') continue;
    const members = new Map(resource.entries);
    for (const [name, value] of entriesOf(extension)) members.set(name, overlaid(members.get(name), value));
    resources.set(id, {...resource, entries: members});
  }
  if (body.node !== 'map') return body;
  return {...body, entries: new Map([...body.entries, ['Resources', {...body, entries: resources}]])};
}

function overlaid(below: ConfigNode | undefined, above: ConfigNode): ConfigNode {
  if (below?.node !== 'map' || above.node !== 'map') return above;
  return {...below, entries: new Map([...below.entries, ...above.entries])};
}
