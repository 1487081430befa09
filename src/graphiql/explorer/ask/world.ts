import { isRecord, records, strings, text } from '../../json.ts';
import { type Edge, type Profile, ProfileGraph } from '../graph/profile-graph.ts';
import { type Ask, AskError, rootField } from './ask.ts';
import { idsIn, missingProfile, profileFields, readProfile } from './profile-fields.ts';

const document = `query ExplorerGraph($roots: [ID!]) {
  inheritanceGraph(roots: $roots, direction: BOTH) {
    nodes { ${profileFields} missingParentIds }
    edges { child { profileId } parent { profileId } }
    truncated
    asOf
  }
}`;

/** Profiles and their inheritance, as read at one time. */
export interface World {
  readonly graph: ProfileGraph;
  readonly isTruncated: boolean;
  readonly asOf: string | undefined;
}

/** Every profile of the tenant; with a root only it, its ancestors and its descendants. Missing parents are profiles too. */
export async function askWorld(ask: Ask, root?: string): Promise<World> {
  const answered = await ask(document, { roots: root === undefined ? null : [root] });
  const graph = rootField(answered, 'inheritanceGraph');
  if (!isRecord(graph)) throw new AskError('The gateway did not answer with a graph.');
  const profiles = new Map<string, Profile>();
  const edges: Edge[] = [];
  for (const node of records(graph['nodes'])) {
    const profile = readProfile(node);
    if (profile !== undefined) profiles.set(profile.id, profile);
  }
  for (const edge of records(graph['edges'])) {
    const [child] = idsIn(records([edge['child']]));
    const [parent] = idsIn(records([edge['parent']]));
    if (child !== undefined && parent !== undefined) edges.push({ child, parent });
  }
  for (const node of records(graph['nodes'])) {
    const child = text(node['profileId']);
    for (const parent of strings(node['missingParentIds'])) {
      if (child === undefined || profiles.get(parent)?.isMissing === false) continue;
      profiles.set(parent, missingProfile(parent));
      edges.push({ child, parent });
    }
  }
  return {
    graph: new ProfileGraph(profiles.values(), edges),
    isTruncated: graph['truncated'] === true,
    asOf: text(graph['asOf']),
  };
}
