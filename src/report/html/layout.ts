export interface LayoutNode {
  readonly id: string;
  /** From the left, from 0. */
  readonly column: number;
}

export interface LayoutEdge {
  readonly from: string;
  readonly to: string;
  /** How strongly it wants to be a straight line; 1 where it does not say. */
  readonly weight?: number;
}

/**
 * The row of each node, in units of a row: neighbours stand near each other, lines cross seldom, and nothing overlaps.
 * Layers as of Sugiyama: sort each column by the mean of its neighbours, a few times to and fro, then place it as near
 * to them as its order allows.
 */
export function rowsOf(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): ReadonlyMap<string, number> {
  const neighbours = neighboursOf(edges);
  const columns = [...Map.groupBy(nodes, ({column}) => column)].sort(([a], [b]) => a - b).map(([, column]) => column);
  const rows = new Map<string, number>();
  for (const column of columns)
    column.forEach((node, index) => {
      rows.set(node.id, index);
    });
  // A neighbour that has many others pulls less: a function stands beside its own role rather than beside its API.
  const pull = ({id, weight}: Neighbour) => ({row: rows.get(id)!, weight: weight / neighbours.get(id)!.length});
  const wanted = ({id}: LayoutNode) => mean((neighbours.get(id) ?? []).map(pull)) ?? rows.get(id)!;
  for (let sweep = 0; sweep < sweeps; sweep++)
    for (const column of sweep % 2 === 0 ? columns : columns.toReversed()) {
      const goals = new Map(column.map(node => [node.id, wanted(node)]));
      column.sort((a, b) => goals.get(a.id)! - goals.get(b.id)!);
      const placed = apart(column.map(({id}) => goals.get(id)!));
      column.forEach(({id}, index) => {
        rows.set(id, placed[index]!);
      });
    }
  const top = Math.min(...rows.values());
  // Quarters, halves of them upwards even where the arithmetic fell a little short.
  return new Map([...rows].map(([id, row]) => [id, Math.round((row - top) * 4 + 1e-6) / 4]));
}

const sweeps = 8;

interface Neighbour {
  readonly id: string;
  readonly weight: number;
}

function neighboursOf(edges: readonly LayoutEdge[]): ReadonlyMap<string, readonly Neighbour[]> {
  const neighbours = new Map<string, Neighbour[]>();
  const add = (one: string, neighbour: Neighbour) => neighbours.set(one, [...(neighbours.get(one) ?? []), neighbour]);
  for (const {from, to, weight = 1} of edges) {
    add(from, {id: to, weight});
    add(to, {id: from, weight});
  }
  return neighbours;
}

interface Pull {
  readonly row: number;
  readonly weight: number;
}

function mean(pulls: readonly Pull[]): number | undefined {
  const total = pulls.reduce((sum, {weight}) => sum + weight, 0);
  return total === 0 ? undefined : pulls.reduce((sum, {row, weight}) => sum + row * weight, 0) / total;
}

/**
 * Rising goals, moved until each is one row below the one before, by as little as possible: those that push each other
 * become a block, which stands at the mean of what its members want.
 */
function apart(goals: readonly number[]): readonly number[] {
  const blocks: {size: number; sum: number}[] = [];
  goals.forEach((goal, index) => {
    let block = {size: 1, sum: goal - index};
    for (let last = blocks.at(-1); last && last.sum / last.size > block.sum / block.size; last = blocks.at(-1)) {
      block = {size: block.size + last.size, sum: block.sum + last.sum};
      blocks.pop();
    }
    blocks.push(block);
  });
  let index = 0;
  return blocks.flatMap(({size, sum}) => Array.from({length: size}, () => sum / size + index++));
}
