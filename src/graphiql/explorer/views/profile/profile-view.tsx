import { useMemo, useState } from 'react';
import type { ProfileGraph } from '../../graph/profile-graph.ts';
import { between } from '../../graph/routes.ts';
import { displayName } from '../../look/box-content.ts';
import { stubKey } from '../../look/profile-scene.ts';
import { ExportMenu, ListSwitch, useFrame, ViewHead } from '../../page/frame.tsx';
import { Choice } from '../../page/parts.tsx';
import { useProfileDetails, useWorldAround } from '../../page/questions.ts';
import { AnswerView, Waiting } from '../../page/state-page.tsx';
import { useFindingIndex } from '../../page/use-finding-index.ts';
import { useSize } from '../../page/use-size.ts';
import { Picker } from '../../picker/picker.tsx';
import { Stage } from '../../stage/stage.tsx';
import { counted, placeSentence } from '../../text/sentences.ts';
import { Foot } from '../foot.tsx';
import { SurroundingsList } from '../surroundings-list.tsx';
import { useSceneExports } from '../use-exports.ts';
import { Card } from './card.tsx';
import { PathView } from './path-view.tsx';
import { StubList } from './stub-list.tsx';
import { levelsFor, useNear } from './use-near.ts';
import { useProfileExports } from './use-profile-exports.ts';

/** One profile: whom it inherits from, who inherits from it, and its card. */
export function ProfileView() {
  const { address } = useFrame();
  const world = useWorldAround(address.id);
  if (address.id === undefined) return <NoProfile />;
  return (
    <AnswerView reading={world} what="what is around this profile" attempt="read what is around this profile">
      {({ graph, isTruncated }, isStale) => {
        const id = address.id ?? '';
        if (!graph.has(id)) return isStale ? <Waiting what="this profile" /> : <NotThere />;
        if (address.to !== undefined) return <PathView graph={graph} from={id} to={address.to} />;
        return <Surroundings graph={graph} id={id} isTruncated={isTruncated} isStale={isStale} />;
      }}
    </AnswerView>
  );
}

interface SurroundingsProps {
  readonly graph: ProfileGraph;
  readonly id: string;
  readonly isTruncated: boolean;
  readonly isStale: boolean;
}

const levelOptions = [
  { value: 1, text: '1' },
  { value: 2, text: '2' },
  { value: 3, text: '3' },
  { value: Number.POSITIVE_INFINITY, text: 'all' },
];

function Surroundings({ graph, id, isTruncated, isStale }: SurroundingsProps) {
  const { address, go, adjust, isList } = useFrame();
  const [sizeRef, size] = useSize();
  const findings = useFindingIndex();
  const levels = levelsFor(address.levels, size);
  const picture = useNear(graph, id, levels, findings, size);
  const [selection, setSelection] = useState<{ readonly of: string; readonly key: string }>();
  const [lit, setLit] = useState<ReadonlySet<string>>();
  const [openStub, setOpenStub] = useState<string>();
  const [picking, setPicking] = useState<'path' | 'compare'>();
  const chosen = selection?.of === id ? selection.key : undefined;
  const inFront = chosen ?? id;
  const details = useProfileDetails(graph.find(inFront)?.isMissing === true ? undefined : inFront);
  const profile = graph.find(id);
  const name = displayName(profile);
  const litFor = useMemo(
    () => (key: string) => (graph.has(key) ? between(graph, id, key) : new Set([key])),
    [graph, id],
  );
  const sceneItems = useSceneExports(picture?.scene, name);
  const exports = [...sceneItems, ...useProfileExports(details.value, graph)];
  const counts = picture?.near.counts ?? { above: 0, below: 0 };
  const missing = graph.profiles.filter(({ isMissing }) => isMissing).length;

  function goTo(key: string) {
    if (key.startsWith('stub ')) setOpenStub(key);
    else if (graph.find(key)?.isMissing === false) go({ id: key, to: undefined });
  }

  return (
    <div className={isStale ? 'explorer-split is-stale' : 'explorer-split'}>
      <div className="explorer-main" data-pane="stage">
        <ViewHead title={name} under={picture && placeSentence(counts.above, counts.below)}>
          <ListSwitch />
          <Choice
            label="Levels"
            options={levelOptions}
            value={levels}
            onChange={(value) => adjust({ levels: value })}
          />
        </ViewHead>
        {isTruncated && (
          <p className="explorer-amber">The gateway cut this short: there are more profiles than it returns.</p>
        )}
        {missing > 0 && (
          <p className="explorer-amber">
            {counted(missing, 'parent is', 'parents are')} not visible to you: what comes from there is unknown.
          </p>
        )}
        {isList || picture === undefined ? (
          <div className="explorer-stage is-list" ref={sizeRef}>
            {picture && <SurroundingsList graph={graph} id={id} levels={levels} onGo={goTo} />}
          </div>
        ) : (
          <Stage
            key="profile"
            scene={picture.scene}
            label={`${name} and its surroundings`}
            sizeRef={sizeRef}
            size={size}
            focus={id}
            chosen={chosen}
            lit={lit}
            litFor={litFor}
            onChoose={(key) => {
              if (key?.startsWith('stub ')) setOpenStub(key);
              else setSelection(key === undefined || key === id ? undefined : { of: id, key });
            }}
            onGo={goTo}
            onMore={picture.open}
            onKey={(key, pressed) => {
              if (pressed === '+') picture.open(key);
              else if (pressed === 'p') setPicking('path');
              else if (pressed === 'c') setPicking('compare');
              else if (pressed === 'Escape' && chosen !== undefined) setSelection(undefined);
              else return false;
              return true;
            }}
          />
        )}
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
        {picture && !isList && (
          <Foot scene={picture.scene} help="Click: details · double click: go there · hover: how they are linked" />
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
      <ExportMenu items={exports} />
    </div>
  );
}

function NotThere() {
  const { adjust } = useFrame();
  return (
    <div className="explorer-page-state">
      <h2>No such profile</h2>
      <p>It has been deleted, or your key may not see it.</p>
      <button type="button" onClick={() => adjust({ view: 'overview', id: undefined })}>
        To the overview
      </button>
    </div>
  );
}

function NoProfile() {
  const { go } = useFrame();
  return (
    <div className="explorer-page-state">
      <h2>Which profile?</h2>
      <Picker
        label="Profile to show"
        placeholder="Name of a profile"
        kinds="profiles"
        hasFocus
        onPick={({ profile }) => profile && go({ view: 'profile', id: profile.id })}
      />
    </div>
  );
}
