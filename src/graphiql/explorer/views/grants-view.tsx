import { useMemo } from 'react';
import type { Granting } from '../ask/granting.ts';
import { noFindings } from '../graph/finding-index.ts';
import { stepsFrom, waysToSource } from '../graph/routes.ts';
import { displayName } from '../look/box-content.ts';
import { ListSwitch, useFrame, ViewHead } from '../page/frame.tsx';
import { ProfileRow } from '../page/parts.tsx';
import { useFindingIndex, useGranting, useWholeWorld } from '../page/questions.ts';
import { AnswerView } from '../page/state-page.tsx';
import { type EntityRef, entitlementName, entityRef, kindInSystem } from '../text/entitlement-name.ts';
import { compareNamed } from '../text/order.ts';
import { answerSentence, counted } from '../text/sentences.ts';
import { type Drawing, GraphView, mostBoxes } from './graph-view.tsx';
import { csvItem } from './use-exports.ts';
import { Group, MoreRows, WhichOne } from './view-parts.tsx';

const mostRows = 200;

/** Which profiles grant an entitlement, and how. */
export function GrantsView() {
  const { address, go } = useFrame();
  const granting = useGranting(address.entity);
  if (address.entity === undefined)
    return (
      <WhichOne
        title="Which entitlement?"
        label="Entitlement to look for"
        placeholder="Name of a group, a role, a permission set"
        kinds="entitlements"
        onPick={({ entitlement }) => entitlement && go({ view: 'grants', entity: entityRef(entitlement) })}
      />
    );
  const { entity } = address;
  return (
    <AnswerView reading={granting} what="who grants it" attempt="find out who grants it">
      {(answer, isStale) => <Answer answer={answer} entity={entity} isStale={isStale} />}
    </AnswerView>
  );
}

interface AnswerProps {
  readonly answer: Granting;
  readonly entity: EntityRef;
  readonly isStale: boolean;
}

function Answer({ answer, entity, isStale }: AnswerProps) {
  const { address, adjust, openProfile } = useFrame();
  const { graph, direct, entitlement } = answer;
  const findings = useFindingIndex();
  const whole = useWholeWorld().value;
  const { chosen } = address;
  const named = entitlement ?? { ...entity, entityName: undefined, datasourceName: undefined };
  const name = entitlementName(named);
  const count = graph.profiles.length;
  const hasRest = whole !== undefined && whole.graph.profiles.length <= 2 * mostBoxes;
  const drawing = useMemo(
    (): Drawing => ({
      graph: address.rest && hasRest ? whole.graph : graph,
      findings: { ...noFindings, unneeded: findings.unneeded },
      emphasis: (id) => ({
        tone: direct.has(id) ? 'direct' : graph.has(id) ? 'inherited' : 'faint',
        effect: direct.has(id) ? 'grants it itself' : graph.has(id) ? 'inherits it' : 'does not grant it',
      }),
    }),
    [address.rest, hasRest, whole, graph, direct, findings],
  );
  const { inkOf, ways } = useMemo(
    () => ({
      inkOf: (id: string) => (direct.has(id) ? 'direct' : graph.has(id) ? 'inherited-mark' : undefined),
      ways: (id: string) => (graph.has(id) ? waysToSource(graph, id, direct) : new Set([id])),
    }),
    [graph, direct],
  );
  const groups = useMemo(
    () => stepsFrom(graph, direct).map((ids) => ids.flatMap((id) => graph.find(id) ?? []).sort(compareNamed)),
    [graph, direct],
  );
  const table = [
    csvItem('CSV of the answer', `who grants ${name}`, () => [
      ['Profile', 'Type', 'State', 'Grants it', 'Steps', 'Id'],
      ...groups.flatMap((group, steps) =>
        group.map((profile) => [
          displayName(profile),
          profile.typeName ?? '',
          profile.state ?? '',
          direct.has(profile.id) ? 'itself' : 'by inheritance',
          String(steps),
          profile.id,
        ]),
      ),
    ]),
  ];

  if (count === 0)
    return (
      <div className="explorer-page-state explorer-col">
        <h1 dir="auto">No profile grants {name}</h1>
        <p>
          {entitlement === undefined
            ? 'No profile knows an entitlement with this id.'
            : 'It is known, but nobody gets it through a profile.'}
        </p>
      </div>
    );
  return (
    <div className={isStale ? 'explorer-split has-list is-stale' : 'explorer-split has-list'}>
      <div className="explorer-side" data-pane="list">
        <h2 dir="auto">{name}</h2>
        <p className="explorer-under">{kindInSystem(named)}</p>
        {groups.map((group, steps) => (
          <Group
            // biome-ignore lint/suspicious/noArrayIndexKey: a group is the profiles so many steps away.
            key={steps}
            title={steps === 0 ? 'Grants it itself' : `Inherits it, ${counted(steps, 'step')} away`}
            count={group.length}
          >
            {group.slice(0, mostRows).map((profile) => (
              <ProfileRow
                key={profile.id}
                profile={profile}
                isGrey
                isOpen={profile.id === chosen}
                onClick={() => adjust({ chosen: profile.id === chosen ? undefined : profile.id })}
                under={profile.id === chosen ? sourceSentence(graph, profile.id, direct) : profile.typeName}
              />
            ))}
            <MoreRows count={group.length} most={mostRows} />
          </Group>
        ))}
      </div>
      <div className="explorer-main explorer-col" data-pane="stage">
        <ViewHead
          title={answerSentence(direct.size, count - direct.size, whole?.byName.length)}
          under={`grant ${name}`}
        >
          {chosen !== undefined && (
            <button type="button" onClick={() => openProfile(chosen)}>
              Open the profile
            </button>
          )}
          {hasRest && (
            <button type="button" aria-pressed={address.rest} onClick={() => adjust({ rest: !address.rest })}>
              Show the rest too
            </button>
          )}
          {count <= mostBoxes && <ListSwitch />}
        </ViewHead>
        <GraphView
          drawing={drawing}
          most={hasRest ? 2 * mostBoxes : mostBoxes}
          inkOf={inkOf}
          label={`Profiles that grant ${name}`}
          title={`who grants ${name}`}
          focus={chosen ?? groups[0]?.[0]?.id}
          litFor={ways}
          help="Click: how it gets it · double click: go there"
          tables={table}
        />
      </div>
    </div>
  );
}

function sourceSentence(graph: Granting['graph'], id: string, direct: ReadonlySet<string>): string {
  if (direct.has(id)) return 'grants it itself';
  const parents = graph.parents(id).map((parent) => displayName(graph.find(parent)));
  return `through ${parents.slice(0, 3).join(', ')}${parents.length > 3 ? ' …' : ''}`;
}
