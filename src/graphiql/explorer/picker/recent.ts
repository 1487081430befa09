import { useGraphiQL } from '@graphiql/react';
import { useCallback } from 'react';
import { strings } from '../../json.ts';
import { bareId } from '../../response/graph.ts';
import type { Profile } from '../graph/profile-graph.ts';
import { useStored } from '../page/browser.ts';
import { useProfilesWithIds, useWholeWorld } from '../page/questions.ts';
import { looksLikeId } from '../text/order.ts';

const storageKey = 'explorer:recent';
const most = 5;
const mostFromEditor = 3;

/** Remembers a profile that was looked at: its id alone, so that no name is kept in the browser. */
export function useRemember(): (id: string) => void {
  const store = useStored(storageKey)[1];
  return useCallback(
    (id) => {
      const known = readIds(window.localStorage.getItem(storageKey));
      if (known[0] !== id) store(JSON.stringify([id, ...known.filter((other) => other !== id)].slice(0, most)));
    },
    [store],
  );
}

/** The profiles looked at last, and those in the variables of the editor. In a tenant that is not held here they are asked for. */
export function useRecentProfiles(isWanted: boolean): readonly Profile[] {
  const recent = readIds(useStored(storageKey)[0]);
  const variables = useGraphiQL(({ tabs, activeTabIndex }) => tabs[activeTabIndex]?.variables ?? '');
  const graph = useWholeWorld().value?.graph;
  const inEditor = [...variables.matchAll(/"([^"\\]+)"/g)]
    .map(([, text = '']) => text)
    .filter(looksLikeId)
    .slice(0, mostFromEditor);
  const ids = [...new Set([...recent, ...inEditor.map(bareId)])];
  const unknown = ids.filter((id) => graph?.has(id) !== true);
  const isAsked = isWanted && graph === undefined && unknown.length > 0;
  const found = new Map(useProfilesWithIds(isAsked ? unknown : undefined).shown?.map((each) => [each.id, each]));
  return ids.flatMap((id) => graph?.find(id) ?? found.get(id) ?? []);
}

function readIds(text: string | null): readonly string[] {
  try {
    return strings(JSON.parse(text ?? '[]'));
  } catch {
    return [];
  }
}
