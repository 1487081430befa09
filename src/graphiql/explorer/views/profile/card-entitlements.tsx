import { useMemo, useState } from 'react';
import { AskError } from '../../ask/ask.ts';
import type { EffectiveEntitlement, ProfileDetails } from '../../ask/profile.ts';
import type { ProfileGraph } from '../../graph/profile-graph.ts';
import { displayName } from '../../look/box-content.ts';
import { namesAlong } from '../../look/profile-scene.ts';
import { type MenuItem, useFrame } from '../../page/frame.tsx';
import { Failure } from '../../page/state-page.tsx';
import { entitlementName, entityRef, splitEntityType, systemOf } from '../../text/entitlement-name.ts';
import { formatCount, listed } from '../../text/sentences.ts';
import { csvItem } from '../use-exports.ts';
import { BySystem } from '../view-parts.tsx';

interface CardEntitlementsProps {
  readonly id: string;
  readonly list: readonly EffectiveEntitlement[] | AskError;
  readonly onLight: (ids: ReadonlySet<string> | undefined) => void;
  readonly onRetry: () => void;
}

/** Lists longer than this have a filter. */
const shortList = 12;

/** What the profile grants in the end, by system, each with where it comes from. */
export function CardEntitlements({ id, list, onLight, onRetry }: CardEntitlementsProps) {
  const { go } = useFrame();
  const [words, setWords] = useState('');
  if (list instanceof AskError) return <Failure error={list} attempt="read its entitlements" onRetry={onRetry} />;
  if (list.length === 0) return <p className="explorer-nothing">It grants nothing, itself or by inheritance.</p>;
  const wanted = words.trim().toLowerCase();
  const shown = list.filter(({ entitlement }) =>
    `${entitlementName(entitlement)} ${entitlement.entityType}`.toLowerCase().includes(wanted),
  );
  return (
    <>
      {list.length > shortList && (
        <input
          type="text"
          aria-label="Filter entitlements"
          placeholder={`Filter ${formatCount(list.length)} entitlements`}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      )}
      <BySystem items={shown} entitlementOf={({ entitlement }) => entitlement}>
        {(item) => (
          <EntitlementRow
            item={item}
            onClick={() => go({ view: 'grants', entity: entityRef(item.entitlement) })}
            onPoint={(isOver) => onLight(isOver ? new Set([id, ...item.paths.flat()]) : undefined)}
          />
        )}
      </BySystem>
      {shown.length === 0 && <p className="explorer-nothing">No entitlement here is called “{words}”.</p>}
    </>
  );
}

interface EntitlementRowProps {
  readonly item: EffectiveEntitlement;
  readonly onClick: () => void;
  readonly onPoint: (isOver: boolean) => void;
}

/** Name in bold, below it kind and source. A click asks who else grants it. */
function EntitlementRow({ item, onClick, onPoint }: EntitlementRowProps) {
  const { kind } = splitEntityType(item.entitlement.entityType);
  return (
    <button
      type="button"
      className="explorer-fact explorer-col explorer-plain"
      title={`Who grants it? ${item.entitlement.entityId}`}
      onClick={onClick}
      onMouseEnter={() => onPoint(true)}
      onMouseLeave={() => onPoint(false)}
      onFocus={() => onPoint(true)}
      onBlur={() => onPoint(false)}
    >
      <strong dir="auto">{entitlementName(item.entitlement)}</strong>
      <span className="explorer-aside">
        {kind} · {sourceOf(item)}
      </span>
    </button>
  );
}

export function sourceOf({ isDirect, grantedBy }: EffectiveEntitlement): string {
  const others = grantedBy.map(({ name }) => name || '(no name)');
  if (!isDirect) return `from ${listed(others)}`;
  // The profile itself is among those that grant it.
  return others.length > 1 ? `by itself, and from ${formatCount(others.length - 1)} more` : 'by itself';
}

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
