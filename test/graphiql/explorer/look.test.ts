import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  boxInks,
  chipColours,
  type Ink,
  inkIn,
  type TypeInfo,
  typeLooks,
} from '../../../src/graphiql/explorer/look/colours.ts';

/** Red, green and blue of a colour as style sheets write it, each from 0 to 1. */
function channels(colour: string): readonly number[] {
  const hex = /^#([0-9a-f]{6})$/.exec(colour)?.[1] ?? (colour === '#fff' ? 'ffffff' : undefined);
  if (hex !== undefined) return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  const [hue = 0, saturation = 0, light = 0] = [...colour.matchAll(/\d+/g)].map(Number);
  const chroma = (saturation / 100) * Math.min(light / 100, 1 - light / 100);
  return [0, 8, 4].map((offset) => {
    const k = (offset + hue / 30) % 12;
    return light / 100 - chroma * Math.max(-1, Math.min(k - 3, 9 - k, 1));
  });
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((value) =>
    value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

describe('colours', () => {
  it.each(['light', 'dark'] as const)(
    'have letters of 4.5 to 1 on every chip, and chips of 3 to 1, when %s',
    (theme) => {
      for (const slot of [undefined, ...Array.from({ length: 9 }, (_item, index) => index)]) {
        const { fill, text } = chipColours(slot, theme);
        expect(contrast(fill, text), `slot ${slot}`).toBeGreaterThanOrEqual(4.5);
        expect(contrast(fill, inkIn(theme, 'raised')), `slot ${slot}`).toBeGreaterThanOrEqual(3);
      }
    },
  );

  it.each(['light', 'dark'] as const)('have texts of 4.5 to 1 and lines of 3 to 1 when %s', (theme) => {
    const grounds = ['background', 'surface', 'raised', 'hover'] as const;
    const texts: readonly (readonly [Ink, Ink])[] = [
      ...grounds.flatMap((ground) => [['text', ground] as const, ['quiet', ground] as const]),
      ...Object.values(boxInks).map(({ text, fill }) => [text, fill] as const),
      ['lost', 'lost-fill'],
      ['gained', 'gained-fill'],
      ['warning', 'raised'],
      ['warning', 'warning-soft'],
      ['text', 'warning-soft'],
      ['text', 'primary-soft'],
      ['surface', 'primary'],
      ['lost', 'background'],
      ['gained', 'background'],
    ];
    for (const [text, fill] of texts)
      expect(contrast(inkIn(theme, text), inkIn(theme, fill)), `${text} on ${fill}`).toBeGreaterThanOrEqual(4.5);
    for (const line of ['line', 'warning', 'lost', 'gained', 'primary'] as const)
      expect(contrast(inkIn(theme, line), inkIn(theme, 'background')), line).toBeGreaterThanOrEqual(3);
  });
});

describe('how types look', () => {
  const type = (id: string, name: string, createdAt: string | undefined = `2024-01-0${id}T00:00:00Z`): TypeInfo => ({
    id,
    name,
    createdAt,
  });

  it('is initials, and where those are taken the next free letter', () => {
    const looks = typeLooks([
      type('1', 'Business Role'),
      type('2', 'Profile'),
      type('3', 'Privileged Role'),
      type('4', 'Project'),
      type('5', 'Basic Role'),
    ]);
    expect([...looks.values()].map(({ letters }) => letters)).toEqual(['BR', 'P', 'PR', 'Pr', 'Ba']);
  });

  it('does not change when a type is added later, nor by the order of the answer', () => {
    const names = fc.uniqueArray(fc.string({ maxLength: 8 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(names, fc.string(), (known, added) => {
        const types = known.map((name, index) => type(String(index), name, `2024-01-01T00:00:${10 + index}Z`));
        const before = typeLooks(types);
        const after = typeLooks([type('new', added, '2025-01-01T00:00:00Z'), ...types.toReversed()]);
        for (const [id, look] of before) expect(after.get(id)).toEqual(look);
        expect(new Set([...after.values()].map(({ letters }) => letters)).size).toBe(after.size);
      }),
    );
  });
});
