import { useGraphiQL } from '@graphiql/react';
import { bareId } from '../../response/identity.ts';
import type { Profile } from '../graph/profile-graph.ts';
import { useProfilesWithIds, useWholeWorld } from '../page/questions.ts';
import { useRecent } from '../page/use-recent.ts';
import { looksLikeId } from '../text/rank.ts';

const mostFromEditor = 3;

/** The profiles looked at last, and those in the variables of the editor. In a tenant that is not held here they are asked for. */
export function useRecentProfiles(isWanted: boolean): readonly Profile[] {
  const recent = useRecent().recent;
  const variables = useGraphiQL(({ tabs, activeTabIndex }) => tabs[activeTabIndex]?.variables ?? '');
  const graph = useWholeWorld().value?.graph;
  const inEditor = [...variables.matchAll(/"([^"\\]+)"/g)]
    .map(([, text = '']) => text)
    .filter(looksLikeId)
    .slice(0, mostFromEditor);
  const ids = [...new Set([...recent, ...inEditor.map(bareId)])];
  const unknown = ids.filter((id) => graph?.has(id) !== true);
  const asked = useProfilesWithIds(isWanted && graph === undefined ? unknown : []).shown ?? [];
  const found = new Map(asked.map((profile) => [profile.id, profile]));
  return ids.flatMap((id) => graph?.find(id) ?? found.get(id) ?? []);
}
