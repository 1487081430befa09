export type Theme = 'light' | 'dark';

/** Hues that stay apart for colour-blind eyes too. Red is kept for cycles and losses. */
const hues = [212, 152, 28, 276, 186, 330, 50, 100];
/** Dark enough for white letters, per hue: yellow and green look lighter than blue at the same lightness. */
const lightness = [40, 27, 37, 40, 28, 40, 26, 27];

export interface TypeInfo {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string | undefined;
}

/** How a type looks wherever it occurs. */
export interface TypeLook {
  readonly slot: number;
  readonly letters: string;
  readonly name: string;
}

/**
 * Looks by type id. A type's place among all types of the tenant, oldest first, gives its colour and its letters; a newer type
 * changes neither.
 */
export function typeLooks(types: readonly TypeInfo[]): ReadonlyMap<string, TypeLook> {
  const ordered = types.toSorted(
    (one, other) => compare(one.createdAt ?? '~', other.createdAt ?? '~') || compare(one.id, other.id),
  );
  const taken = new Set<string>();
  const looks = new Map<string, TypeLook>();
  for (const [slot, { id, name }] of ordered.entries()) {
    const letters = lettersFor(name, taken);
    taken.add(letters);
    looks.set(id, { slot, letters, name });
  }
  return looks;
}

/** Initials; where taken, the first letter with the next free one of the name, then with a number. */
function lettersFor(name: string, taken: ReadonlySet<string>): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const initials = words
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();
  const letters = [...words.join('')];
  const first = (letters[0] ?? '?').toUpperCase();
  const candidates = [initials || '?', ...letters.slice(1).map((letter) => first + letter.toLowerCase())];
  for (let number = 2; ; number++) {
    const free = candidates.find((candidate) => !taken.has(candidate));
    if (free !== undefined) return free;
    candidates.push(`${first}${number}`);
  }
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Colour of a type's chip, and of the letters on it: 4.5 to 1 or more. */
export function chipColours(slot: number | undefined, theme: Theme): { readonly fill: string; readonly text: string } {
  if (slot === undefined) {
    return theme === 'light'
      ? { fill: 'hsl(219, 14%, 42%)', text: '#fff' }
      : { fill: 'hsl(219, 14%, 68%)', text: '#10131c' };
  }
  const index = slot % hues.length;
  const hue = hues[index] ?? 0;
  return theme === 'light'
    ? { fill: `hsl(${hue}, 62%, ${lightness[index] ?? 30}%)`, text: '#fff' }
    : { fill: `hsl(${hue}, 60%, 68%)`, text: '#10131c' };
}

/** Colours of what isn't a type, light and dark: for the page, the map and the files. */
const colours = {
  background: ['#f4f6f9', '#1a2030'],
  surface: ['#ffffff', '#212a3b'],
  raised: ['#ffffff', '#283247'],
  border: ['#d3dae5', '#3a465c'],
  edge: ['#a9b4c6', '#5d6b86'],
  text: ['#1c2536', '#eef2f8'],
  quiet: ['#4c5a73', '#b3bfd3'],
  line: ['#7d8ba5', '#7f8dab'],
  hover: ['#e9edf3', '#2f3a50'],
  primary: ['#c4057f', '#ff6fb5'],
  'primary-soft': ['#fbe6f3', '#47294a'],
  warning: ['#8f4700', '#f5b35c'],
  'warning-soft': ['#fdf0d9', '#46351c'],
  lost: ['#b3261e', '#ff9d8f'],
  'lost-fill': ['#fde8e6', '#552c2c'],
  gained: ['#0c6b3f', '#6fe0a6'],
  'gained-fill': ['#dff5e8', '#1d4a37'],
  direct: ['#1f5fa8', '#8fc0f7'],
  'direct-text': ['#ffffff', '#0f1624'],
  inherited: ['#dbe9f9', '#2a4263'],
  /** On the map, where a fill has no border. */
  'inherited-mark': ['#7fb0e4', '#4f7fb5'],
  faint: ['#8793a8', '#77859f'],
} as const satisfies Readonly<Record<string, readonly [light: string, dark: string]>>;

export type Ink = keyof typeof colours;

export function inkIn(theme: Theme, ink: Ink): string {
  return colours[ink][theme === 'light' ? 0 : 1];
}

/** The same as variables of a style sheet: `--x-text` and so on. */
export function inkVariables(): string {
  return Object.entries(colours)
    .map(([ink, [light, dark]]) => `--x-${ink}: light-dark(${light}, ${dark});`)
    .join('');
}

/** What the colour of a box says. Only one kind of meaning occurs in a picture. */
export type Tone = 'plain' | 'direct' | 'inherited' | 'lost' | 'gained' | 'concerned' | 'faint';

export const boxInks: Readonly<Record<Tone, { readonly fill: Ink; readonly edge: Ink; readonly text: Ink }>> = {
  plain: { fill: 'raised', edge: 'edge', text: 'text' },
  direct: { fill: 'direct', edge: 'direct', text: 'direct-text' },
  inherited: { fill: 'inherited', edge: 'direct', text: 'text' },
  concerned: { fill: 'inherited', edge: 'direct', text: 'text' },
  lost: { fill: 'lost-fill', edge: 'lost', text: 'text' },
  gained: { fill: 'gained-fill', edge: 'gained', text: 'text' },
  faint: { fill: 'background', edge: 'faint', text: 'quiet' },
};

export type LineLook = 'plain' | 'unneeded' | 'cycle' | 'dropped' | 'added' | 'faint';

export const lineInks: Readonly<
  Record<LineLook, { readonly ink: Ink; readonly width: number; readonly isDashed: boolean }>
> = {
  plain: { ink: 'line', width: 1.25, isDashed: false },
  unneeded: { ink: 'warning', width: 2, isDashed: true },
  cycle: { ink: 'lost', width: 2, isDashed: true },
  dropped: { ink: 'lost', width: 2, isDashed: true },
  added: { ink: 'gained', width: 2.5, isDashed: false },
  faint: { ink: 'border', width: 1.25, isDashed: false },
};
