import { isRecord, records } from '../../json.ts';
import { type Edge, ProfileGraph } from '../graph/profile-graph.ts';
import type { Entitlement, EntityRef } from '../text/entitlement-name.ts';
import { type Ask, AskError } from './ask.ts';
import { entityFields, idsIn, profileFields, readEntitlement, readProfiles } from './profile-fields.ts';

const document = `query ExplorerWhoGrants($entity: EntityRefInput!) {
  entity(ref: $entity) { ${entityFields} }
  direct: accessProfilesGranting(entity: $entity, includeInherited: false) { profileId }
  all: accessProfilesGranting(entity: $entity, includeInherited: true) { ${profileFields} inheritsFrom { profileId } }
}`;

export interface Granting {
  /** Undefined: no profile grants an entity with this id. */
  readonly entitlement: Entitlement | undefined;
  readonly direct: ReadonlySet<string>;
  /** The profiles of the answer, with the edges between them. */
  readonly graph: ProfileGraph;
}

/** Which profiles grant an entity, and which of them by themselves. */
export async function askGranting(ask: Ask, entity: EntityRef): Promise<Granting> {
  const answered = await ask(document, { entity });
  const { data, errorAt } = answered;
  const [direct, all] = [data['direct'], data['all']];
  if (!Array.isArray(direct) || !Array.isArray(all))
    throw errorAt('direct') ?? errorAt('all') ?? new AskError('The gateway did not answer this.');
  const edges = records(all).flatMap((node): Edge[] => {
    const [child] = idsIn([node]);
    if (!Array.isArray(node['inheritsFrom']))
      throw errorAt('inheritsFrom') ?? new AskError('Parents could not be read.');
    return child === undefined ? [] : idsIn(records(node['inheritsFrom'])).map((parent) => ({ child, parent }));
  });
  return {
    entitlement: isRecord(data['entity']) ? readEntitlement(data['entity']) : undefined,
    direct: new Set(idsIn(records(direct))),
    graph: new ProfileGraph(readProfiles(records(all)), edges),
  };
}
