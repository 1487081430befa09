import { groupBy } from '../../group-by.ts';
import type { Finding } from '../ask/findings.ts';
import { edgeKey } from './profile-graph.ts';

export interface FindingIndex {
  /** Findings by the profiles they are about. */
  readonly byProfile: ReadonlyMap<string, readonly Finding[]>;
  /** Edges that grant nothing the profile would not inherit anyway. */
  readonly unneeded: ReadonlySet<string>;
}

export const noFindings: FindingIndex = { byProfile: new Map(), unneeded: new Set() };

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
  const mentions = findings.flatMap((finding) =>
    [...new Set(finding.profiles.map(({ id }) => id))].map((id) => ({ id, finding })),
  );
  return {
    byProfile: new Map(
      [...groupBy(mentions, ({ id }) => id)].map(([id, own]) => [id, own.map(({ finding }) => finding)]),
    ),
    unneeded: new Set(findings.flatMap((finding) => unneededEdge(finding) ?? []).map(edgeKey)),
  };
}
