import type { Hierarchy } from '../graph/hierarchy.ts';
import type { Steps } from '../steps.ts';
import { isBlank, labelLine } from './label.ts';

/** A profile as it is drawn. */
export interface DiagramNode {
  readonly name: string;
  /** The type's name; null: unknown. */
  readonly typeName: string | null;
  /** MISSING: some profile inherits from it and the API does not return it; its name is its id. null: unknown. */
  readonly state: string | null;
  readonly isOnCycle?: boolean;
}

/** The input of the text formats; edges hold positions in `nodes`. */
export interface Diagram {
  readonly nodes: readonly DiagramNode[];
  readonly edges: readonly DiagramEdge[];
}

export interface DiagramEdge {
  readonly child: number;
  readonly parent: number;
  /** By way of profiles that are not drawn. */
  readonly isIndirect?: boolean;
}

/** Fill, line and text colour of a type. */
export interface Palette {
  readonly fill: string;
  readonly line: string;
  readonly text: string;
}

const palettes: readonly Palette[] = [
  { fill: '#dbeafe', line: '#1d4ed8', text: '#0f172a' },
  { fill: '#dcfce7', line: '#15803d', text: '#0f172a' },
  { fill: '#fef3c7', line: '#b45309', text: '#0f172a' },
  { fill: '#fce7f3', line: '#be185d', text: '#0f172a' },
  { fill: '#ede9fe', line: '#6d28d9', text: '#0f172a' },
  { fill: '#cffafe', line: '#0e7490', text: '#0f172a' },
  { fill: '#ffedd5', line: '#c2410c', text: '#0f172a' },
  { fill: '#f1f5f9', line: '#334155', text: '#0f172a' },
];
const unknownPalette: Palette = { fill: '#ffffff', line: '#64748b', text: '#0f172a' };

/**
 * The diagram of some nodes (in that order) with the edges between them, and behind them the missing parents they name, by
 * id. O(nodes + their edges + missing parents of the whole graph).
 */
export function* diagramOf(hierarchy: Hierarchy, selected: Iterable<number>): Steps<Diagram> {
  const positions = new Map<number, number>();
  for (const node of selected) if (!positions.has(node)) positions.set(node, positions.size);
  const graph = hierarchy.graphAmong(positions.keys());
  const nodes: DiagramNode[] = [];
  const edges: { child: number; parent: number }[] = [];
  for (const [node, child] of positions) {
    const profile = hierarchy.profileOf(node);
    const name = isBlank(profile.name) ? profile.profileId : profile.name;
    nodes.push({ name, typeName: hierarchy.typeOf(profile)?.name ?? null, state: profile.state });
    for (const target of graph.parents(node)) {
      const parent = positions.get(target);
      if (parent !== undefined) edges.push({ child, parent });
    }
    yield;
  }
  for (const { id, children } of graph.missing) {
    const named = children.flatMap((node) => positions.get(node) ?? []);
    if (named.length === 0) continue;
    for (const child of named) edges.push({ child, parent: nodes.length });
    nodes.push({ name: id, typeName: null, state: 'MISSING' });
  }
  return { nodes, edges };
}

/** A palette per type in order of appearance, starting over after eight; white where the type is unknown. */
export function typePalettes({ nodes }: Diagram): (typeName: string | null) => Palette {
  const numbers = new Map<string, number>();
  for (const { typeName } of nodes) {
    if (typeName !== null && !numbers.has(typeName)) numbers.set(typeName, numbers.size);
  }
  return (typeName) => {
    const number = typeName === null ? undefined : numbers.get(typeName);
    return (number === undefined ? undefined : palettes[number % palettes.length]) ?? unknownPalette;
  };
}

/** The lines in a box: the name, and below it type and state, as far as they are known. */
export function labelLinesOf({ name, typeName, state }: DiagramNode): readonly string[] {
  const type = typeName === null || isBlank(typeName) ? null : labelLine(typeName);
  const details = [type, state].filter((part) => part !== null);
  return [labelLine(name), ...(details.length > 0 ? [details.join(', ')] : [])];
}

/** Whether the outline is drawn through: of profiles that are at work, and of those whose state is not known. */
export function isSolid({ state }: DiagramNode): boolean {
  return state === 'RUNNING' || state === null;
}
