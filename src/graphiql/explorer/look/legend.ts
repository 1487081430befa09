import type { LineLook, Tone, TypeLook } from './colours.ts';
import type { Scene } from './scene.ts';

/** One entry of a legend: what stands for what. */
export interface LegendEntry {
  readonly sign:
    | { readonly kind: 'chip'; readonly letters: string; readonly slot: number | undefined }
    | { readonly kind: 'box'; readonly tone: Tone; readonly isDashed: boolean }
    | { readonly kind: 'line'; readonly look: LineLook }
    | { readonly kind: 'badge'; readonly text: string; readonly tone: 'lost' | 'gained' }
    | { readonly kind: 'warning' };
  readonly text: string;
}

const mostTypes = 8;

const tones: readonly (readonly [Tone, string])[] = [
  ['direct', 'grants it itself'],
  ['inherited', 'inherits it'],
  ['concerned', 'concerned'],
];
const lines: readonly (readonly [LineLook, string])[] = [
  ['dropped', 'dropped'],
  ['added', 'added'],
  ['unneeded', 'parent not needed'],
  ['cycle', 'closes a cycle'],
];
const badges = [
  ['lost', '−', 'entitlements lost'],
  ['gained', '+', 'entitlements gained'],
] as const;

/** Only what occurs in the picture. */
export function legendOf(scene: Scene, looks: ReadonlyMap<string, TypeLook>): readonly LegendEntry[] {
  const { boxes } = scene;
  const slots = new Set(boxes.flatMap(({ chip }) => chip?.slot ?? []));
  const types = [...looks.values()].filter(({ slot }) => slots.has(slot)).slice(0, mostTypes);
  const candidates: readonly (readonly [occurs: boolean, sign: LegendEntry['sign'], text: string])[] = [
    ...types.map(({ letters, slot, name }) => [true, { kind: 'chip', letters, slot }, name] as const),
    ...tones.map(
      ([tone, text]) => [boxes.some((box) => box.tone === tone), { kind: 'box', tone, isDashed: false }, text] as const,
    ),
    ...badges.map(
      ([tone, sign, text]) =>
        [boxes.some(({ badge }) => badge?.includes(sign)), { kind: 'badge', text: `${sign}1`, tone }, text] as const,
    ),
    [
      boxes.some(({ isDashed, kind }) => isDashed && kind === 'profile'),
      { kind: 'box', tone: 'plain', isDashed: true },
      'not running',
    ],
    ...lines.map(
      ([look, text]) => [scene.lines.some((line) => line.look === look), { kind: 'line', look }, text] as const,
    ),
    [boxes.some(({ hasFinding }) => hasFinding), { kind: 'warning' }, 'has a finding'],
  ];
  return candidates.flatMap(([occurs, sign, text]) => (occurs ? { sign, text } : []));
}
