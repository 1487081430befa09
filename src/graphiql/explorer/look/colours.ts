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

/** Colours of what isn't a type, for the files and the map; the page's style sheet has the same. */
export interface Inks {
  readonly background: string;
  readonly box: string;
  readonly border: string;
  readonly text: string;
  readonly quiet: string;
  readonly line: string;
  readonly primary: string;
  readonly warning: string;
  readonly lost: string;
  readonly lostFill: string;
  readonly gained: string;
  readonly gainedFill: string;
  readonly direct: string;
  readonly directText: string;
  readonly inherited: string;
  /** On the map, where a fill has no border. */
  readonly inheritedMark: string;
  readonly faint: string;
}

export const inks: Readonly<Record<Theme, Inks>> = {
  light: {
    background: '#f4f6f9',
    box: '#ffffff',
    border: '#a9b4c6',
    text: '#1c2536',
    quiet: '#4c5a73',
    line: '#7d8ba5',
    primary: '#c4057f',
    warning: '#8f4700',
    lost: '#b3261e',
    lostFill: '#fde8e6',
    gained: '#0c6b3f',
    gainedFill: '#dff5e8',
    direct: '#1f5fa8',
    directText: '#ffffff',
    inherited: '#dbe9f9',
    inheritedMark: '#7fb0e4',
    faint: '#8793a8',
  },
  dark: {
    background: '#1a2030',
    box: '#242c3f',
    border: '#5d6b86',
    text: '#eef2f8',
    quiet: '#b3bfd3',
    line: '#7f8dab',
    primary: '#ff6fb5',
    warning: '#f5b35c',
    lost: '#ff9d8f',
    lostFill: '#552c2c',
    gained: '#6fe0a6',
    gainedFill: '#1d4a37',
    direct: '#8fc0f7',
    directText: '#0f1624',
    inherited: '#2a4263',
    inheritedMark: '#4f7fb5',
    faint: '#77859f',
  },
};
