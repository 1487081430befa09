import type { InheritanceGraph, ProfileNode } from '../../response/graph.ts';
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
