import { useMemo, useState } from 'react';
import type { World } from '../../ask/world.ts';
import { between, linkedWith } from '../../graph/routes.ts';
import { displayName } from '../../look/box-content.ts';
import { stubKey } from '../../look/profile-scene.ts';
import { useSize } from '../../page/browser.ts';
import { ListSwitch, useFrame, ViewHead } from '../../page/frame.tsx';
import { Choice } from '../../page/parts.tsx';
import { useFindingIndex, useProfileDetails } from '../../page/questions.ts';
import { placeSentence } from '../../text/sentences.ts';
import { SceneView } from '../scene-view.tsx';
import { SurroundingsList } from '../surroundings-list.tsx';
import { AroundProfile, Limits, WhichOne } from '../view-parts.tsx';
import { Card } from './card.tsx';
import { useProfileExports } from './card-entitlements.tsx';
import { PathView } from './path-view.tsx';
import { StubList } from './stub-list.tsx';
import { levelsFor, useNear } from './use-near.ts';

/** One profile: whom it inherits from, who inherits from it, and its card. */
export function ProfileView() {
  const { address, openProfile } = useFrame();
  if (address.id === undefined)
    return (
      <WhichOne
        title="Which profile?"
        label="Profile to show"
        kinds="profiles"
        onPick={({ profile }) => profile && openProfile(profile.id)}
      />
    );
  const { id, to } = address;
  return (
    <AroundProfile id={id}>
      {(world, isStale) =>
        to === undefined ? (
          <Surroundings world={world} id={id} isStale={isStale} />
        ) : (
          <PathView graph={world.graph} from={id} to={to} />
        )
      }
    </AroundProfile>
  );
}

interface SurroundingsProps {
  readonly world: World;
  readonly id: string;
  readonly isStale: boolean;
}

const levelOptions = [
  { value: 1, text: '1' },
  { value: 2, text: '2' },
  { value: 3, text: '3' },
  { value: Number.POSITIVE_INFINITY, text: 'all' },
];

function Surroundings({ world, id, isStale }: SurroundingsProps) {
  const { address, adjust, openProfile } = useFrame();
  const { graph } = world;
  const [sizeRef, size] = useSize();
  const findings = useFindingIndex();
  const levels = levelsFor(address.levels, size);
  const picture = useNear(graph, id, levels, findings, size);
  const [lit, setLit] = useState<ReadonlySet<string>>();
  const [openStub, setOpenStub] = useState<string>();
  const [picking, setPicking] = useState<'path' | 'compare'>();
  const { chosen } = address;
  const inFront = chosen !== undefined && graph.has(chosen) ? chosen : id;
  const details = useProfileDetails(graph.find(inFront)?.isMissing === true ? undefined : inFront);
  const name = displayName(graph.find(id));
  const litFor = useMemo(
    () => (key: string) => (graph.has(key) ? between(graph, id, key) : new Set([key])),
    [graph, id],
  );
  const near = useMemo(() => linkedWith(graph, id), [graph, id]);
  const tables = useProfileExports(details.value, graph);
  const counts = picture?.near.counts ?? { above: 0, below: 0 };

  function goTo(key: string) {
    if (key.startsWith('stub ')) setOpenStub(key);
    else if (graph.find(key)?.isMissing === false) openProfile(key);
  }

  return (
    <div className={isStale ? 'explorer-split is-stale' : 'explorer-split'}>
      <div className="explorer-main explorer-col" data-pane="stage">
        <ViewHead title={name} under={picture && placeSentence(counts.above, counts.below)}>
          <ListSwitch />
          <Choice
            label="Levels"
            options={levelOptions}
            value={levels}
            onChange={(value) => adjust({ levels: value })}
          />
        </ViewHead>
        <Limits world={world} ids={near} />
        <SceneView
          scene={picture?.scene}
          title={name}
          label={`${name} and its surroundings`}
          help="Click: details · double click: go there · hover: how they are linked"
          sizeRef={sizeRef}
          size={size}
          focus={id}
          lit={lit}
          litFor={litFor}
          tables={tables}
          list={<SurroundingsList graph={graph} id={id} levels={levels} onGo={goTo} />}
          onBox={(key) => {
            if (key.startsWith('stub ')) setOpenStub(key);
            else adjust({ chosen: key === id ? undefined : key });
            return true;
          }}
          onGo={goTo}
          onMore={(key) => picture?.open(key)}
          onKey={(key, pressed) => {
            if (pressed === '+') picture?.open(key);
            else if (pressed === 'p') setPicking('path');
            else if (pressed === 'c') setPicking('compare');
            else return false;
            return true;
          }}
        />
        {openStub !== undefined && picture && (
          <StubList
            profiles={
              picture.near.stubs
                .find(({ side, step }) => stubKey(side, step) === openStub)
                ?.hidden.flatMap((hidden) => graph.find(hidden) ?? []) ?? []
            }
            onPick={(hidden) => {
              picture.bring(hidden);
              setOpenStub(undefined);
            }}
            onClose={() => setOpenStub(undefined)}
          />
        )}
      </div>
      <Card
        key={inFront}
        graph={graph}
        id={inFront}
        details={details}
        onLight={setLit}
        picking={picking}
        onPicking={setPicking}
        isFocus={inFront === id}
      />
    </div>
  );
}
