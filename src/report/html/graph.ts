import type {AccessMap, MappedRole, Reach} from '../../audit/access-map.ts';
import {type Finding, isOpen, type Severity, severities} from '../../model/finding.ts';
import {type LayoutEdge, type LayoutNode, rowsOf} from './layout.ts';
import {html, type Markup} from './markup.ts';

interface Node extends LayoutNode {
  readonly label: string;
  readonly about: string;
  /** `trigger`, `function`, `role`, `resource`, and what is to be seen of it: `any`, `unknown`, `unnamed`. */
  readonly look: string;
  /** Of the worst open finding. */
  readonly severity?: Severity;
}

interface Edge extends LayoutEdge {
  readonly look: string;
  readonly about: string;
}

/** Triggers, functions, roles and what they may reach, from the left to the right. Undefined where there is nothing. */
export function graph(map: AccessMap, findings: readonly Finding[]): Markup | undefined {
  const {nodes, edges} = drawn(map, findings);
  if (nodes.length === 0) return undefined;
  const rows = rowsOf(nodes, edges);
  const height = top + Math.max(...rows.values()) * rowHeight + nodeHeight + 12;
  const byId = new Map(nodes.map(node => [node.id, node]));
  const ordered = nodes.toSorted((a, b) => a.column - b.column || rows.get(a.id)! - rows.get(b.id)!);
  const index = new Map(ordered.map(({id}, position) => [id, position]));
  const place = (id: string) => ({x: byId.get(id)!.column * columnWidth + 8, y: top + rows.get(id)! * rowHeight});
  const width = 3 * columnWidth + nodeWidth + 16;
  return html`<svg class="graph" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="group" aria-label="Triggers, functions, roles and resources of ${map.source}">
${columnTitles.map((title, column) => html`<text class="column" x="${column * columnWidth + 8}" y="16">${title}</text>`)}
${edges.map(edge => edgeMarkup(edge, index, place(edge.from), place(edge.to)))}
${ordered.map(node => nodeMarkup(node, index.get(node.id)!, place(node.id)))}
</svg>`;
}

const columnTitles = ['Triggers', 'Functions', 'Roles', 'May reach'];
const nodeWidth = 196;
const nodeHeight = 28;
const columnWidth = 272;
const rowHeight = 36;
const top = 28;

function drawn(map: AccessMap, findings: readonly Finding[]): {nodes: readonly Node[]; edges: readonly Edge[]} {
  const nodes = new Map<string, Node>();
  const edges: Edge[] = [];
  const add = (node: Node) => nodes.set(node.id, nodes.get(node.id) ?? node);
  const worst = worstOf(findings);
  for (const {name, role, triggers} of map.functions) {
    add({id: `f ${name}`, column: 1, label: name, about: `Function ${name}`, look: 'function', ...worst(name)});
    for (const {kind, name: source} of triggers) {
      const words = triggerWords[kind];
      const label = source === '' ? words : source;
      const id = `t ${kind} ${source}`;
      add({id, column: 0, label, about: source === '' ? label : `${words} ${label}`, look: 'trigger'});
      edges.push({from: id, to: `f ${name}`, look: '', about: `${label} invokes ${name}`});
    }
    const known = map.roles.some(each => each.name === role);
    add({
      id: `r ${role}`,
      column: 2,
      label: role,
      about: `Role ${role}`,
      look: known ? 'role' : 'role unknown',
      ...worst(role),
    });
    edges.push({from: `f ${name}`, to: `r ${role}`, look: '', weight: 6, about: `${name} runs as ${role}`});
  }
  for (const role of map.roles) {
    add({
      id: `r ${role.name}`,
      column: 2,
      label: role.name,
      about: `Role ${role.name}`,
      look: 'role',
      ...worst(role.name),
    });
    for (const reach of role.reaches) reachInto(role, reach, add, edges);
  }
  return {nodes: [...nodes.values()], edges};
}

/** What every function has is left out: its own log group, and what no policy can name. The table has them. */
function reachInto(role: MappedRole, reach: Reach, add: (node: Node) => void, edges: Edge[]): void {
  if (reach.kind === 'own-logs' || (reach.kind === 'unnamed' && !reach.everyAction)) return;
  const id = `x ${reach.kind} ${reach.service} ${reach.resource}`;
  const label = reachLabel(reach);
  add({id, column: 3, label, about: label, look: `resource ${reach.kind}`});
  const actions = reach.actions.join(', ');
  const look = [reach.kind === 'any' || reach.everyAction ? 'wide' : '', reach.conditional ? 'conditional' : ''];
  edges.push({from: `r ${role.name}`, to: id, look: look.join(' ').trim(), about: `${role.name} may ${actions}`});
}

export function reachLabel({kind, service, resource}: Reach): string {
  if (kind === 'any') return service === '' ? 'every resource (*)' : `every resource of ${service}`;
  return service === '' ? resource : `${service} · ${resource}`;
}

/** By the name of a function, a role or another resource. */
function worstOf(findings: readonly Finding[]): (name: string) => {severity?: Severity} {
  const worst = new Map<string, Severity>();
  for (const finding of findings.filter(isOpen))
    for (const name of [finding.function, finding.resource]) {
      const before = name === null ? undefined : worst.get(name);
      const isWorse = before === undefined || severities.indexOf(finding.severity) < severities.indexOf(before);
      if (name !== null && isWorse) worst.set(name, finding.severity);
    }
  return name => {
    const severity = worst.get(name);
    return severity === undefined ? {} : {severity};
  };
}

type Index = ReadonlyMap<string, number>;
type Place = {readonly x: number; readonly y: number};

function edgeMarkup({from, to, look, about}: Edge, index: Index, start: Place, end: Place): Markup {
  const [x, y, toX, toY] = [start.x + nodeWidth, start.y + nodeHeight / 2, end.x, end.y + nodeHeight / 2];
  const bend = (toX - x) / 2;
  const path = y === toY ? `M${x} ${y}H${toX}` : `M${x} ${y}C${x + bend} ${y} ${toX - bend} ${toY} ${toX} ${toY}`;
  return html`<path class="edge ${look}" data-edge="${index.get(from)!} ${index.get(to)!}" d="${path}"><title>${about}</title></path>
`;
}

/** A link, so that the keyboard reaches it: it shows what the page has about this name. */
function nodeMarkup({label, about, look, severity}: Node, index: number, {x, y}: Place): Markup {
  const dot =
    severity && html`<circle class="dot ${severity}" cx="${x + nodeWidth - 13}" cy="${y + nodeHeight / 2}" r="5"/>`;
  const spoken = severity === undefined ? about : `${about}, ${severity} finding`;
  return html`<a class="node ${look}" href="#q=${encodeURIComponent(search(label).toWellFormed())}" data-node="${index}" aria-label="${spoken}"><title>${spoken}</title><rect x="${x}" y="${y}" width="${nodeWidth}" height="${nodeHeight}" rx="6"/><text x="${x + 10}" y="${y + 18}">${shortened(label, severity === undefined ? 25 : 22)}</text>${dot}</a>
`;
}

function search(label: string): string {
  return label.slice(label.indexOf(' · ') < 0 ? 0 : label.indexOf(' · ') + 3);
}

/** The two ends of a name tell more than its first half. */
function shortened(text: string, most: number): string {
  const characters = [...text];
  if (characters.length <= most) return text;
  const end = Math.floor((most - 1) / 2);
  return `${characters.slice(0, most - 1 - end).join('')}…${characters.slice(-end).join('')}`;
}

const triggerWords: Readonly<Record<AccessMap['functions'][number]['triggers'][number]['kind'], string>> = {
  api: 'HTTP API',
  'function-url': 'Function URL',
  bucket: 'S3 event',
  topic: 'SNS topic',
  'event-rule': 'EventBridge rule',
  schedule: 'Schedule',
  'log-subscription': 'Log subscription',
  'iot-rule': 'IoT rule',
  'email-receipt': 'Incoming email',
  'user-pool': 'Cognito user pool',
  'load-balancer': 'Load balancer',
  other: 'Another trigger',
  queue: 'Queue',
  stream: 'Stream',
};
