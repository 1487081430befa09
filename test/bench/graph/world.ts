import type { World, WorldProfile } from '../../../src/sandbox/world.ts';

const layers = 10;
/** Layers at the bottom that hold grants; those above only inherit. */
const granting = 4;

/** How far to either side a profile's parents stand in the layer beneath it, as in a department. */
const reach = 10;

/**
 * Ten layers of equal width; each profile inherits from three or four of the layer beneath it, so that there are three edges
 * for each profile. A profile at the top has about a thousand above it and as many grants, however large the tenant.
 */
export function layeredWorld(size: number): World {
  const random = mulberry32(42);
  const width = Math.ceil(size / layers);
  const typeOf = (layer: number) => `type-${layer % 4}`;
  const profiles = Array.from({ length: size }, (_, number): WorldProfile => {
    const layer = Math.floor(number / width);
    const parents = layer === 0 ? 0 : 3 + (number % 3 === 0 ? 1 : 0);
    return {
      id: idOf(number),
      name: `Layer ${layer} profile ${number}`,
      profile_type: typeOf(layer),
      labels: [`layer-${layer}`],
      inherits: Array.from({ length: parents }, () => {
        const column = (number % width) + random(2 * reach + 1) - reach;
        return idOf((layer - 1) * width + ((column + width) % width));
      }),
      entities:
        layer >= granting
          ? []
          : Array.from({ length: 2 }, (__, i) => ({
              entity_type: 'OktaGroup',
              datasource_id: `d14d85e9-342a-4670-b5ec-${String(number % 7).padStart(12, '0')}`,
              // Every twentieth grant is one that others hold, too.
              entity_id: number % 20 === 0 ? `shared-${number % 400}-${i}` : `group-${number}-${i}`,
            })),
    };
  });
  return {
    types: Array.from({ length: 4 }, (_, i) => ({ id: `type-${i}`, name: `Type ${i}` })),
    profiles,
  };
}

/** The last profiles of the top layer. */
export function topIds(size: number, count: number): string[] {
  return Array.from({ length: count }, (_, i) => idOf(size - 1 - i));
}

function idOf(number: number): string {
  return `3a2371b6-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** Numbers below a bound from a fixed seed. */
function mulberry32(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
