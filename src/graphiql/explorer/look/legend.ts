import type { TypeLook } from './colours.ts';
import type { Scene } from './scene.ts';

/** One entry of a legend: what stands for what. */
export interface LegendEntry {
  readonly sign:
    | { readonly kind: 'chip'; readonly letters: string; readonly slot: number | undefined }
    | { readonly kind: 'box'; readonly tone: 'direct' | 'inherited' | 'concerned' | 'faint' | 'dashed' }
    | { readonly kind: 'line'; readonly look: 'unneeded' | 'cycle' | 'dropped' | 'added' }
    | { readonly kind: 'badge'; readonly text: string; readonly tone: 'lost' | 'gained' }
    | { readonly kind: 'warning' };
  readonly text: string;
}

const mostTypes = 8;

/** Only what occurs in the picture. */
export function legendOf(scene: Scene, looks: ReadonlyMap<string, TypeLook>): readonly LegendEntry[] {
  const entries: LegendEntry[] = [];
  const slots = new Set(scene.boxes.flatMap(({ chip }) => chip?.slot ?? []));
  const types = [...looks.values()].filter(({ slot }) => slots.has(slot)).slice(0, mostTypes);
  if (scene.shape === 'card' || types.length > 0) {
    for (const { letters, slot, name } of types) entries.push({ sign: { kind: 'chip', letters, slot }, text: name });
  }
  const tones = new Set(scene.boxes.map(({ tone }) => tone));
  const looksOfLines = new Set(scene.lines.map(({ look }) => look));
  const badges = scene.boxes.flatMap(({ badge }) => badge ?? []);
  if (tones.has('direct')) entries.push({ sign: { kind: 'box', tone: 'direct' }, text: 'grants it itself' });
  if (tones.has('inherited')) entries.push({ sign: { kind: 'box', tone: 'inherited' }, text: 'inherits it' });
  if (tones.has('concerned')) entries.push({ sign: { kind: 'box', tone: 'concerned' }, text: 'concerned' });
  if (badges.some((badge) => badge.includes('−')))
    entries.push({ sign: { kind: 'badge', text: '−1', tone: 'lost' }, text: 'entitlements lost' });
  if (badges.some((badge) => badge.includes('+')))
    entries.push({ sign: { kind: 'badge', text: '+1', tone: 'gained' }, text: 'entitlements gained' });
  if (looksOfLines.has('dropped')) entries.push({ sign: { kind: 'line', look: 'dropped' }, text: 'dropped' });
  if (looksOfLines.has('added')) entries.push({ sign: { kind: 'line', look: 'added' }, text: 'added' });
  if (scene.boxes.some(({ isDashed, kind }) => isDashed && kind === 'profile'))
    entries.push({ sign: { kind: 'box', tone: 'dashed' }, text: 'not running' });
  if (looksOfLines.has('unneeded'))
    entries.push({ sign: { kind: 'line', look: 'unneeded' }, text: 'parent not needed' });
  if (looksOfLines.has('cycle')) entries.push({ sign: { kind: 'line', look: 'cycle' }, text: 'closes a cycle' });
  if (scene.boxes.some(({ hasFinding }) => hasFinding))
    entries.push({ sign: { kind: 'warning' }, text: 'has a finding' });
  return entries;
}
