import type { ProfileState } from '../../model/profile.ts';
import type { Hierarchy } from '../graph/hierarchy.ts';

/** What a drawn profile shows. */
export interface DiagramNode {
  readonly name: string;
  /** The type's name; null: unknown. */
  readonly typeName: string | null;
  /** MISSING: some profile inherits from it and the API does not return it; its name is its id. */
  readonly state: ProfileState | 'MISSING';
}

/** What the text formats are printed from; edges hold positions in `nodes`. */
export interface Diagram {
  readonly nodes: readonly DiagramNode[];
  readonly edges: readonly { readonly child: number; readonly parent: number }[];
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

const longestLabel = 60;

/**
 * The diagram of some nodes (in that order) with the edges between them, and behind them the missing parents they name, by
 * id. O(nodes + their edges + missing parents of the whole graph).
 */
export function diagramOf(hierarchy: Hierarchy, selected: Iterable<number>): Diagram {
  const { graph } = hierarchy;
  const positions = new Map<number, number>();
  for (const node of selected) if (!positions.has(node)) positions.set(node, positions.size);
  const nodes: DiagramNode[] = [];
  const edges: { child: number; parent: number }[] = [];
  for (const [node, child] of positions) {
    const profile = hierarchy.profileOf(node);
    const name = profile.name.trim() === '' ? profile.profileId : profile.name;
    nodes.push({ name, typeName: hierarchy.typeOf(profile)?.name ?? null, state: profile.state });
    for (const target of graph.parents(node)) {
      const parent = positions.get(target);
      if (parent !== undefined) edges.push({ child, parent });
    }
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

/**
 * A text as one line of at most 60 characters, cut with an ellipsis: white space and line or paragraph separators become a
 * space, other control and direction characters go, half surrogate pairs and noncharacters become U+FFFD. It still needs the format's escapes.
 */
export function labelLine(text: string): string {
  const clean = text
    .replace(/[\s\u0085]+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/[\p{Cs}\p{Noncharacter_Code_Point}]/gu, '\ufffd')
    .trim();
  const characters = Array.from(clean);
  return characters.length <= longestLabel ? clean : `${characters.slice(0, longestLabel - 1).join('')}…`;
}

/** The second line of a label: type, then state. */
export function detailLine({ typeName, state }: DiagramNode): string {
  return typeName === null ? state : `${labelLine(typeName)}, ${state}`;
}
