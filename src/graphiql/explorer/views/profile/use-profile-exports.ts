import { useMemo } from 'react';
import { AskError } from '../../ask/ask.ts';
import type { ProfileDetails } from '../../ask/profile.ts';
import type { ProfileGraph } from '../../graph/profile-graph.ts';
import { displayName } from '../../look/box-content.ts';
import { namesAlong } from '../../look/profile-scene.ts';
import type { MenuItem } from '../../page/frame.tsx';
import { entitlementName, splitEntityType, systemOf } from '../../text/entitlement-name.ts';
import { csvItem } from '../use-exports.ts';

/** The effective entitlements of a profile for a spreadsheet. */
export function useProfileExports(details: ProfileDetails | undefined, graph: ProfileGraph): readonly MenuItem[] {
  return useMemo(() => {
    if (details === undefined || details.entitlements instanceof AskError) return [];
    const list = details.entitlements;
    const name = displayName(details.profile);
    return [
      csvItem('CSV of its entitlements', `${name} entitlements`, () => [
        ['System', 'Kind', 'Name', 'Id', 'Data source', 'Granted by', 'Way'],
        ...list.map(({ entitlement, isDirect, grantedBy, paths }) => [
          systemOf(entitlement),
          splitEntityType(entitlement.entityType).kind,
          entitlementName(entitlement),
          entitlement.entityId,
          entitlement.datasourceId,
          [
            ...(isDirect ? ['itself'] : []),
            ...grantedBy.filter(({ id }) => id !== details.profile.id).map((holder) => holder.name),
          ].join('; '),
          paths.map((path) => namesAlong(graph, path).join(' → ')).join('; '),
        ]),
      ]),
    ];
  }, [details, graph]);
}
