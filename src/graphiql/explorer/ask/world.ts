import { isRecord, records, strings, text } from '../../json.ts';
import { closingEdges, levelsOf } from '../graph/levels.ts';
import { type Edge, type Profile, ProfileGraph } from '../graph/profile-graph.ts';
import { compareNamed, prepareSort } from '../text/order.ts';
import { type Ask, AskError, rootField } from './ask.ts';
import { idsIn, missingProfile, profileFields, readProfile } from './profile-fields.ts';

const document = `query ExplorerGraph($roots: [ID!]) {
  inheritanceGraph(roots: $roots, direction: BOTH) {
    nodes { ${profileFields} missingParentIds }
    edges { child { profileId } parent { profileId } }
    truncated
  }
}`;

/** Profiles and their inheritance, as read at one time. */
export interface World {
  readonly graph: ProfileGraph;
  /** Those that the API returns, by name. */
  readonly byName: readonly Profile[];
  /** Levels by longest way: see `levelsOf`. */
  readonly levels: ReadonlyMap<string, number>;
  readonly isTruncated: boolean;
}

/**
 * Every profile of the tenant; with a root only it, its ancestors and its descendants. Missing parents are profiles too. Pauses while it
 * reads a large answer.
 */
export async function askWorld(ask: Ask, root: string | null): Promise<World> {
  const answered = await ask(document, { roots: root && [root] });
  const answer = rootField(answered, 'inheritanceGraph');
  if (!isRecord(answer)) throw new AskError('The gateway did not answer with a graph.');
  const pause = createPause();
  await pause();
  const nodes = records(answer['nodes']);
  const profiles = new Map<string, Profile>();
  const edges: Edge[] = [];
  for (const node of nodes) {
    const profile = readProfile(node);
    if (profile !== undefined) {
      profiles.set(profile.id, profile);
      prepareSort(profile.name);
    }
    await pause();
  }
  for (const edge of records(answer['edges'])) {
    const [child] = idsIn(records([edge['child']]));
    const [parent] = idsIn(records([edge['parent']]));
    if (child !== undefined && parent !== undefined) edges.push({ child, parent });
    await pause();
  }
  for (const node of nodes) {
    const child = text(node['profileId']);
    for (const parent of strings(node['missingParentIds'])) {
      if (child === undefined || profiles.get(parent)?.isMissing === false) continue;
      profiles.set(parent, missingProfile(parent));
      edges.push({ child, parent });
    }
  }
  const graph = new ProfileGraph(profiles.values(), edges);
  await pause();
  const closing = closingEdges(graph);
  await pause();
  const byName = graph.profiles.filter(({ isMissing }) => !isMissing).sort(compareNamed);
  await pause();
  return {
    graph,
    byName,
    levels: levelsOf(graph, closing),
    isTruncated: answer['truncated'] === true,
  };
}

/** Milliseconds of work between two pauses. */
const longest = 8;

/** Lets the page go on meanwhile: to be awaited inside long loops, it pauses whenever the work has taken 8 ms since the last pause. */
function createPause(): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < longest) return undefined;
    return new Promise((resolve) => {
      setTimeout(() => {
        since = performance.now();
        resolve();
      });
    });
  };
}
