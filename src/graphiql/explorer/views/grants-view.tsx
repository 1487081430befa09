import { useMemo, useState } from 'react';
import type { EntityRef, Granting } from '../ask/granting.ts';
import { stepsFrom, waysToSource } from '../graph/steps.ts';
import { displayName } from '../look/box-content.ts';
import { graphScene } from '../look/graph-scene.ts';
import { ExportMenu, ListSwitch, useFrame, ViewHead } from '../page/frame.tsx';
import { ProfileRow } from '../page/parts.tsx';
import { useGranting, useIsWhole, useTypeLooks, useWholeWorld } from '../page/questions.ts';
import { AnswerView } from '../page/state-page.tsx';
import { useFindingIndex } from '../page/use-finding-index.ts';
import { useMeasures } from '../page/use-measure.ts';
import { useSize } from '../page/use-size.ts';
import { Picker } from '../picker/picker.tsx';
import { Stage } from '../stage/stage.tsx';
import { entitlementName, kindInSystem } from '../text/entitlement-name.ts';
import { compareNamed } from '../text/order.ts';
import { answerSentence, counted, formatCount } from '../text/sentences.ts';
import { Foot } from './foot.tsx';
import { MapStage } from './overview/map-stage.tsx';
import { SceneList } from './scene-list.tsx';
import { csvItem, useSceneExports } from './use-exports.ts';

/** Boxes that a picture of an answer holds; beyond, the map takes its place. */
export const mostBoxes = 120;

/** Which profiles grant an entitlement, and how. */
export function GrantsView() {
  const { address, go } = useFrame();
  const granting = useGranting(address.entity);
  if (address.entity === undefined)
    return (
      <div className="explorer-page-state">
        <h2>Which entitlement?</h2>
        <Picker
          label="Entitlement to look for"
          placeholder="Name of a group, a role, a permission set"
          kinds="entitlements"
          hasFocus
          onPick={({ entitlement }) => {
            if (entitlement === undefined) return;
            const { datasourceId, entityType, entityId } = entitlement;
            go({ view: 'grants', entity: { datasourceId, entityType, entityId } });
          }}
        />
      </div>
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
  const { address, adjust, go, isList } = useFrame();
  const { graph, direct, entitlement } = answer;
  const [sizeRef, size] = useSize();
  const looks = useTypeLooks();
  const findings = useFindingIndex();
  const measure = useMeasures();
  const whole = useWholeWorld();
  const isWhole = useIsWhole();
  const [chosen, setChosen] = useState<string>();
  const named = entitlement ?? { ...entity, entityName: undefined, datasourceName: undefined };
  const name = entitlementName(named);
  const count = graph.profiles.length;
  const isLarge = count > mostBoxes;
  const ids = useMemo(() => new Set(graph.profiles.map(({ id }) => id)), [graph]);
  const drawn = address.rest && whole.value !== undefined ? whole.value.graph : graph;
  const scene = useMemo(() => {
    if (size === undefined || isLarge || drawn.profiles.length > mostBoxes * 2) return undefined;
    return graphScene({
      graph: drawn,
      looks,
      findings: { byProfile: new Map(), unneeded: findings.unneeded },
      shape: drawn.profiles.length > 24 ? 'row' : 'card',
      available: size.width,
      measure,
      emphasis: (id) => ({
        tone: direct.has(id) ? 'direct' : graph.has(id) ? 'inherited' : 'faint',
        effect: direct.has(id) ? 'grants it itself' : graph.has(id) ? 'inherits it' : 'does not grant it',
      }),
    });
  }, [size, isLarge, drawn, graph, direct, looks, findings, measure]);
  const groups = useMemo(
    () => stepsFrom(graph, direct).map((ids) => ids.flatMap((id) => graph.find(id) ?? []).sort(compareNamed)),
    [graph, direct],
  );
  const ways = (id: string) => (graph.has(id) ? waysToSource(graph, id, direct) : new Set([id]));
  const lit = chosen === undefined ? undefined : ways(chosen);
  const pictures = useSceneExports(scene, `who grants ${name}`);
  const all = isWhole ? whole.value?.byName.length : undefined;
  const exports = [
    ...pictures,
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
      <div className="explorer-page-state">
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
          // biome-ignore lint/suspicious/noArrayIndexKey: a group is the profiles so many steps away.
          <section key={steps}>
            <h3>
              {steps === 0 ? 'Grants it itself' : `Inherits it, ${counted(steps, 'step')} away`}{' '}
              <span>{formatCount(group.length)}</span>
            </h3>
            {group.slice(0, 200).map((profile) => (
              <ProfileRow
                key={profile.id}
                profile={profile}
                isGrey
                isOpen={profile.id === chosen}
                onClick={() => setChosen(profile.id === chosen ? undefined : profile.id)}
                under={profile.id === chosen ? sourceSentence(graph, profile.id, direct) : profile.typeName}
              />
            ))}
            {group.length > 200 && (
              <p className="explorer-nothing">and {counted(group.length - 200, 'more')}: all are in the CSV.</p>
            )}
          </section>
        ))}
      </div>
      <div className="explorer-main" data-pane="stage">
        <ViewHead title={answerSentence(direct.size, count - direct.size, all)} under={`grant ${name}`}>
          {chosen !== undefined && (
            <button type="button" onClick={() => go({ view: 'profile', id: chosen, to: undefined })}>
              Open the profile
            </button>
          )}
          {isWhole && !isLarge && (all ?? 0) <= mostBoxes * 2 && (
            <button type="button" aria-pressed={address.rest} onClick={() => adjust({ rest: !address.rest })}>
              Show the rest too
            </button>
          )}
          {!isLarge && <ListSwitch />}
        </ViewHead>
        {isLarge && whole.value !== undefined && (
          <MapStage
            graph={whole.value.graph}
            levels={whole.value.levels}
            shown={ids}
            direct={direct}
            pointed={chosen}
            onPoint={() => undefined}
            onOpen={(id) => go({ view: 'profile', id, to: undefined })}
          />
        )}
        {isLarge && whole.value === undefined && (
          <p className="explorer-nothing">
            {counted(count, 'profile')} are more than a picture shows well: they stand in the list.
          </p>
        )}
        {!isLarge && (scene === undefined || isList) && (
          <div className="explorer-stage is-list" ref={sizeRef}>
            {scene && <SceneList scene={scene} onGo={(id) => go({ view: 'profile', id, to: undefined })} />}
          </div>
        )}
        {scene !== undefined && !isList && (
          <Stage
            scene={scene}
            label={`Profiles that grant ${name}`}
            sizeRef={sizeRef}
            size={size}
            focus={chosen ?? groups[0]?.[0]?.id}
            chosen={chosen}
            lit={lit}
            litFor={ways}
            onChoose={setChosen}
            onGo={(id) => go({ view: 'profile', id, to: undefined })}
            onKey={(_key, pressed) => {
              if (pressed !== 'Escape' || chosen === undefined) return false;
              setChosen(undefined);
              return true;
            }}
          />
        )}
        {scene && !isList && <Foot scene={scene} help="Click: how it gets it · double click: go there" />}
      </div>
      <ExportMenu items={exports} />
    </div>
  );
}

function sourceSentence(graph: Granting['graph'], id: string, direct: ReadonlySet<string>): string {
  if (direct.has(id)) return 'grants it itself';
  const parents = graph.parents(id).map((parent) => displayName(graph.find(parent)));
  return `through ${parents.slice(0, 3).join(', ')}${parents.length > 3 ? ' …' : ''}`;
}
