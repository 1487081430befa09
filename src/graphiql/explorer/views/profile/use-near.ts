import { useEffect, useMemo, useState } from 'react';
import type { FindingIndex } from '../../graph/finding-index.ts';
import { type Near, nearSet } from '../../graph/near.ts';
import type { ProfileGraph } from '../../graph/profile-graph.ts';
import { nearOrder, openKey, profileScene } from '../../look/profile-scene.ts';
import { rowsThatFit, type Scene } from '../../look/scene.ts';
import { type Size, useMeasures } from '../../page/browser.ts';
import { useTypeLooks } from '../../page/questions.ts';

const nobody: ReadonlySet<string> = new Set();

/** Stages narrower than this show one level. */
const narrow = 760;

export function levelsFor(levels: number | undefined, size: Size | undefined): number {
  return levels ?? (size !== undefined && size.width < narrow ? 1 : 2);
}

export interface NearPicture {
  readonly near: Near;
  readonly scene: Scene;
  /** Brings in the relatives of a box further out. */
  readonly open: (id: string) => void;
  /** Brings in a profile from a stub. */
  readonly bring: (id: string) => void;
}

/** The picture of a profile's surroundings; what the reader brought in stays until another profile is in front. */
export function useNear(
  graph: ProfileGraph,
  id: string,
  levels: number,
  findings: FindingIndex,
  size: Size | undefined,
): NearPicture | undefined {
  const looks = useTypeLooks();
  const measure = useMeasures();
  const [asked, setAsked] = useState({ opened: nobody, brought: nobody });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another profile, another picture.
  useEffect(() => setAsked({ opened: nobody, brought: nobody }), [id, levels]);

  // Findings that arrive later mark their boxes, but move none.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the order of a picture is settled when it is first drawn.
  const compare = useMemo(() => nearOrder(graph, findings), [graph, id]);
  const near = useMemo(() => {
    if (size === undefined) return undefined;
    const perStep = rowsThatFit(size.height, 'card');
    return nearSet(graph, id, { levels, perStep, ...asked, compare });
  }, [graph, id, levels, size, asked, compare]);
  const scene = useMemo(() => {
    if (size === undefined || near === undefined) return undefined;
    return profileScene({ graph, focus: id, near, looks, findings, available: size.width, measure });
  }, [graph, id, near, looks, findings, size, measure]);

  return useMemo(() => {
    if (near === undefined || scene === undefined) return undefined;
    return {
      near,
      scene,
      open: (key) =>
        setAsked((known) => {
          const opened = openKey(near, key);
          return opened === undefined ? known : { ...known, opened: new Set([...known.opened, opened]) };
        }),
      bring: (key) => setAsked((known) => ({ ...known, brought: new Set([...known.brought, key]) })),
    };
  }, [near, scene]);
}
