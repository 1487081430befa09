import { isRecord } from '../../json.ts';
import { bareId, type InheritanceGraph, type ProfileNode } from '../../response/graph.ts';
import type { ResponseData } from '../../response/read-graph.ts';
import { ResponseObject } from '../../response/response-object.ts';
import type { Finding } from '../ask/findings.ts';
import { missingProfile, readEntitlement } from '../ask/profile-fields.ts';
import { type Profile, ProfileGraph } from './profile-graph.ts';

/** What an answer in the editor holds: its profiles, and what it says of them. */
export interface QueryAnswer {
  readonly graph: ProfileGraph;
  readonly nodes: ReadonlyMap<string, ProfileNode>;
  /** Some profile gains or loses something: the answer is that of a change tried out. */
  readonly isChange: boolean;
}

/** The graph of a response for the explorer's pictures. A type is known by its name here, so it has its colour by that. */
export function fromResponse(response: InheritanceGraph, typeIdOf: (name: string) => string | undefined): QueryAnswer {
  const profiles = response.nodes.map(
    (node): Profile => ({
      id: node.key,
      name: node.name ?? '',
      typeId: node.type === undefined ? undefined : typeIdOf(node.type),
      typeName: node.type,
      state: node.state,
      labels: node.labels ?? [],
      isMissing: node.isMissing,
    }),
  );
  return {
    graph: new ProfileGraph(profiles, response.edges),
    nodes: new Map(response.nodes.map((node) => [node.key, node])),
    isChange: response.nodes.some(({ gained, lost }) => gained !== undefined || lost !== undefined),
  };
}

/** The findings of a response; undefined where it lacks what tells kinds and profiles apart. */
export function findingsIn({ data, shape }: ResponseData): readonly Finding[] | undefined {
  if (!isRecord(data)) return undefined;
  const found = new ResponseObject(data, shape, '').objects('inheritanceFindings').map((finding): Finding => {
    const entitlements = finding.objects('entitlements').flatMap((item) => {
      const entity = ['entityType', 'datasourceId', 'entityId', 'entityName'].map((name) => [name, item.text(name)]);
      return readEntitlement(Object.fromEntries(entity)) ?? [];
    });
    const profiles = finding.objects('profiles').map((profile): Profile => {
      const id = profile.text('profileId') ?? bareId(profile.text('id') ?? '');
      const type = profile.objects('type')[0];
      return {
        ...missingProfile(id),
        name: profile.text('name') ?? '',
        typeId: type?.text('typeId'),
        typeName: type?.text('name'),
        state: profile.text('state'),
        isMissing: false,
      };
    });
    return { kind: finding.text('kind') ?? '', message: finding.text('message') ?? '', profiles, entitlements };
  });
  return found.some(({ kind, profiles }) => kind === '' || profiles.some(({ id }) => id === '')) ? undefined : found;
}
