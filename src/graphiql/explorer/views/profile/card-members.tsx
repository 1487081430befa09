import { useState } from 'react';
import { AskError } from '../../ask/ask.ts';
import type { Member } from '../../ask/profile.ts';
import { type ProfileGraph, reach } from '../../graph/profile-graph.ts';
import { displayName } from '../../look/box-content.ts';
import { Choice } from '../../page/parts.tsx';
import { usePeople } from '../../page/questions.ts';
import { AnswerView, Failure } from '../../page/state-page.tsx';
import { compareTexts } from '../../text/order.ts';
import { counted, formatCount, listed } from '../../text/sentences.ts';

interface CardMembersProps {
  readonly graph: ProfileGraph;
  readonly id: string;
  readonly list: readonly Member[] | AskError;
  readonly onRetry: () => void;
}

/** Its own members, and with those of all profiles below everybody who gets its entitlements. */
export function CardMembers({ graph, id, list, onRetry }: CardMembersProps) {
  const [isWide, setIsWide] = useState(false);
  const people = usePeople(isWide ? id : undefined);
  if (list instanceof AskError) return <Failure error={list} attempt="read its members" onRetry={onRetry} />;
  const below = reach(id, (of) => graph.children(of)).size;
  const total = people.value === undefined ? '' : ` ${formatCount(people.value.length)}`;
  return (
    <>
      {below > 0 && (
        <Choice
          label="Members"
          options={[
            { value: false, text: `Its own ${formatCount(list.length)}` },
            { value: true, text: `With all ${formatCount(below)} below${total}` },
          ]}
          value={isWide}
          onChange={setIsWide}
        />
      )}
      {!isWide && list.length === 0 && (
        <p className="explorer-nothing">
          Nobody is a member of it
          {below > 0 ? `; ${counted(below, 'profile inherits', 'profiles inherit')} from it.` : '.'}
        </p>
      )}
      {!isWide && (
        <PersonList people={list.map((member) => ({ id: member.identityId, name: member.name, how: howOf(member) }))} />
      )}
      {isWide && (
        <AnswerView
          reading={people}
          what={counted(below + 1, 'member list')}
          attempt="read everybody who gets its entitlements"
        >
          {(found) => (
            <PersonList
              people={found.map(({ identityId, name, ways }) => ({
                id: identityId,
                name,
                how: throughOf(ways, id, graph),
              }))}
            />
          )}
        </AnswerView>
      )}
    </>
  );
}

const mostRows = 500;

function PersonList({
  people,
}: {
  readonly people: readonly { readonly id: string; readonly name: string; readonly how: string }[];
}) {
  const sorted = people.toSorted((one, other) => compareTexts(one.name, other.name));
  return (
    <ul>
      {sorted.slice(0, mostRows).map(({ id, name, how }) => (
        <li key={id} className="explorer-fact explorer-col">
          <strong dir="auto">{name}</strong>
          <span className="explorer-aside" dir="auto">
            {how}
          </span>
        </li>
      ))}
      {sorted.length > mostRows && <li>and {counted(sorted.length - mostRows, 'more person', 'more people')}</li>}
    </ul>
  );
}

function howOf({ createdFrom, workflow }: Member): string {
  if (createdFrom === 'ACCESS_PROFILE_MEMBERSHIP') return 'added by hand';
  if (createdFrom === 'BIRTHRIGHT')
    return workflow === undefined ? 'added by a policy' : `added by a policy, “${workflow}”`;
  return createdFrom === undefined ? 'not known how' : createdFrom.toLowerCase().replaceAll('_', ' ');
}

/** Ways start at the profile that somebody is a member of. */
function throughOf(ways: readonly (readonly string[])[], id: string, graph: ProfileGraph): string {
  const starts = [...new Set(ways.flatMap((way) => way[0] ?? []))];
  const others = starts.filter((start) => start !== id).map((start) => displayName(graph.find(start)));
  const own = starts.includes(id) ? ['its own member'] : [];
  return [...own, ...(others.length > 0 ? [`through ${listed(others)}`] : [])].join(', ');
}
