import type { ProfileNode } from '../graph/graph.ts';

export type Theme = 'light' | 'dark';

/** Hues that stay apart for colour-blind eyes too, in the order in which types get them. Red is kept for cycles. */
const hues = [212, 150, 32, 276, 184, 330, 52, 100, 240, 16];

export interface Palette {
  readonly fill: string;
  readonly border: string;
  readonly text: string;
}

/** Colours by type, given out in order of appearance: an expansion that brings new types leaves the known ones as they are. */
export function palettesByType(nodes: readonly ProfileNode[], theme: Theme): ReadonlyMap<string | undefined, Palette> {
  const types = [...new Set(nodes.flatMap((node) => node.type ?? []))];
  const palettes = new Map<string | undefined, Palette>([[undefined, grey(theme)]]);
  for (const [index, type] of types.entries()) {
    const hue = hues[index];
    palettes.set(type, hue === undefined ? grey(theme) : coloured(hue, theme));
  }
  return palettes;
}

function coloured(hue: number, theme: Theme): Palette {
  return theme === 'light'
    ? { fill: `hsl(${hue}, 75%, 93%)`, border: `hsl(${hue}, 60%, 42%)`, text: `hsl(${hue}, 60%, 18%)` }
    : { fill: `hsl(${hue}, 38%, 24%)`, border: `hsl(${hue}, 60%, 62%)`, text: `hsl(${hue}, 70%, 92%)` };
}

function grey(theme: Theme): Palette {
  return theme === 'light'
    ? { fill: 'hsl(219, 20%, 95%)', border: 'hsl(219, 15%, 50%)', text: 'hsl(219, 28%, 22%)' }
    : { fill: 'hsl(219, 20%, 26%)', border: 'hsl(219, 15%, 62%)', text: 'hsl(219, 20%, 90%)' };
}

/** A profile's state shows in its border: an unbroken one is in force, any other isn't, or not yet. */
export interface Border {
  /** Lengths of strokes and gaps; none for an unbroken line. */
  readonly dashes: readonly number[];
  readonly isDouble: boolean;
  readonly width: number;
}

const borders = new Map<string | undefined, readonly number[]>([
  [undefined, []],
  ['RUNNING', []],
  ['DRY_RUN', []],
  ['PAUSED', [7, 4]],
  ['INITIAL', [2, 3]],
  ['PENDING', [10, 3, 2, 3]],
]);
/** For states that this page does not know, and for profiles that the API does not return. */
const unknownBorder = [1, 5];

export function borderOf({ state, isMissing }: Pick<ProfileNode, 'state' | 'isMissing'>): Border {
  const dashes = (isMissing ? undefined : borders.get(state)) ?? unknownBorder;
  const isDouble = state === 'DRY_RUN';
  return { dashes, isDouble, width: isDouble ? 4 : dashes.length > 0 ? 2 : 1.5 };
}

/** Colours of what isn't a profile. */
export const inks: Readonly<
  Record<Theme, { edge: string; near: string; cycle: string; path: string; background: string; text: string }>
> = {
  light: {
    edge: 'hsl(219, 18%, 62%)',
    near: 'hsl(219, 45%, 35%)',
    cycle: 'hsl(0, 75%, 48%)',
    path: 'hsl(320, 95%, 43%)',
    background: 'hsl(0, 0%, 100%)',
    text: 'hsl(219, 28%, 22%)',
  },
  dark: {
    edge: 'hsl(219, 15%, 52%)',
    near: 'hsl(219, 60%, 85%)',
    cycle: 'hsl(0, 90%, 67%)',
    path: 'hsl(338, 100%, 67%)',
    background: 'hsl(219, 29%, 18%)',
    text: 'hsl(219, 29%, 90%)',
  },
};
