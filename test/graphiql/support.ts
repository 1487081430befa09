import fc from 'fast-check';
import { type Edge, type Profile, ProfileGraph } from '../../src/graphiql/explorer/graph/profile-graph.ts';
import { graphScene } from '../../src/graphiql/explorer/look/graph-scene.ts';
import type { Scene } from '../../src/graphiql/explorer/look/scene.ts';

export function profile(id: string, more: Partial<Profile> = {}): Profile {
  return {
    id,
    name: id,
    typeId: undefined,
    typeName: undefined,
    state: undefined,
    labels: [],
    isMissing: false,
    ...more,
  };
}

/** A graph by its edges as `child > parent`; other words are profiles alone. */
export function graphOf(...texts: readonly string[]): ProfileGraph {
  const edges = texts
    .filter((text) => text.includes('>'))
    .map((text): Edge => {
      const [child = '', parent = ''] = text.split('>').map((part) => part.trim());
      return { child, parent };
    });
  const ids = new Set([
    ...texts.filter((text) => !text.includes('>')),
    ...edges.flatMap(({ child, parent }) => [child, parent]),
  ]);
  return new ProfileGraph(
    [...ids].map((id) => profile(id)),
    edges,
  );
}

/** Any graph, with cycles and self-loops. */
export const anyGraph: fc.Arbitrary<ProfileGraph> = fc.integer({ min: 1, max: 24 }).chain((size) =>
  fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 48 }).map(
    (pairs) =>
      new ProfileGraph(
        Array.from({ length: size }, (_item, index) => profile(`p${index}`)),
        pairs.map(([child, parent]) => ({ child: `p${child}`, parent: `p${parent}` })),
      ),
  ),
);

/** Seven pixels a character: near enough to a font, and the same everywhere. */
export const measure = { name: (text: string) => text.length * 7, row: (text: string) => text.length * 6.5 };

export const noFindings = { byProfile: new Map(), unneeded: new Set<string>() };

/** Profiles of these names, without edges, as a picture. */
export function rowScene(names: readonly string[]): Scene {
  const graph = new ProfileGraph(
    names.map((name, index) => profile(`p${index}`, { name })),
    [],
  );
  return graphScene({ graph, looks: new Map(), findings: noFindings, shape: 'row', available: 1_000, measure });
}
