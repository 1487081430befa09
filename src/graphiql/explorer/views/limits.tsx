import type { World } from '../ask/world.ts';
import { counted } from '../text/sentences.ts';

/** What is not in the picture although it exists. Of missing parents, those among `ids`; all if left out. */
export function Limits({ world, ids }: { readonly world: World; readonly ids?: ReadonlySet<string> }) {
  const missing = world.graph.profiles.filter(({ id, isMissing }) => isMissing && ids?.has(id) !== false).length;
  return (
    <>
      {world.isTruncated && (
        <p className="explorer-amber">
          The gateway cut this short at {counted(world.byName.length, 'profile')}: there are more.
        </p>
      )}
      {missing > 0 && (
        <p className="explorer-amber">
          {counted(missing, 'parent is', 'parents are')} not visible to you: what comes from there is unknown.
        </p>
      )}
    </>
  );
}
