import type { Finding } from '../ask/findings.ts';
import { edgeKey } from './profile-graph.ts';

export interface FindingIndex {
  /** Findings by the profiles they are about. */
  readonly byProfile: ReadonlyMap<string, readonly Finding[]>;
  /** Edges that grant nothing the profile would not inherit anyway. */
  readonly unneeded: ReadonlySet<string>;
}

/** The edge that a finding of an unneeded parent is about: the profile first, then the parent. */
export function unneededEdge({
  kind,
  profiles,
}: Finding): { readonly child: string; readonly parent: string } | undefined {
  const [child, parent] = profiles;
  return kind === 'REDUNDANT_PARENT' && child !== undefined && parent !== undefined
    ? { child: child.id, parent: parent.id }
    : undefined;
}

export function indexFindings(findings: readonly Finding[]): FindingIndex {
  const byProfile = new Map<string, Finding[]>();
  const unneeded = new Set<string>();
  for (const finding of findings) {
    for (const id of new Set(finding.profiles.map((profile) => profile.id))) {
      const known = byProfile.get(id);
      if (known === undefined) byProfile.set(id, [finding]);
      else known.push(finding);
    }
    const edge = unneededEdge(finding);
    if (edge !== undefined) unneeded.add(edgeKey(edge));
  }
  return { byProfile, unneeded };
}
