import type { InheritanceEdge, InheritanceGraph, ProfileNode } from '../../src/graphiql/response/graph.ts';

export function edge(child: string, parent: string, kind: InheritanceEdge['kind'] = 'direct'): InheritanceEdge {
  return { key: JSON.stringify([child, parent]), child, parent, kind, steps: kind === 'direct' ? 1 : undefined };
}

export function node(key: string, more: Partial<ProfileNode> = {}): ProfileNode {
  return {
    key,
    id: key,
    name: key,
    type: undefined,
    state: undefined,
    labels: undefined,
    directGrants: undefined,
    effectiveGrants: undefined,
    gained: undefined,
    lost: undefined,
    isMissing: false,
    ...more,
  };
}

export function graphOf(nodes: readonly ProfileNode[], edges: readonly InheritanceEdge[]): InheritanceGraph {
  return { nodes, edges, notices: [] };
}

/** lead inherits from eng and ana, both from base. */
export const diamond = [edge('lead', 'eng'), edge('lead', 'ana'), edge('eng', 'base'), edge('ana', 'base')];
