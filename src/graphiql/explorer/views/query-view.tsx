import { useGraphiQLActions } from '@graphiql/react';
import { useMemo, useState } from 'react';
import { fromResponse } from '../graph/from-response.ts';
import { reach } from '../graph/profile-graph.ts';
import { displayName } from '../look/box-content.ts';
import { graphScene } from '../look/graph-scene.ts';
import { ExportMenu, ListSwitch, useFrame, ViewHead } from '../page/frame.tsx';
import { ProfileRow } from '../page/parts.tsx';
import { useTypeLooks } from '../page/questions.ts';
import { useMeasures } from '../page/use-measure.ts';
import { useResponse } from '../page/use-response.ts';
import { useSize } from '../page/use-size.ts';
import { Stage } from '../stage/stage.tsx';
import { compareNamed } from '../text/order.ts';
import { badgeOf, counted, formatCount } from '../text/sentences.ts';
import { Foot } from './foot.tsx';
import { mostBoxes } from './grants-view.tsx';
import { SceneList } from './scene-list.tsx';
import { csvItem, useSceneExports } from './use-exports.ts';

const noFindings = { byProfile: new Map(), unneeded: new Set<string>() };
const mostRows = 500;

/** The profiles of the answer in the editor: as a list, and as a picture if they are few enough. */
export function QueryView() {
  const { read, graph: response } = useResponse();
  const { go, close, isList } = useFrame();
  const { run } = useGraphiQLActions();
  const [sizeRef, size] = useSize();
  const looks = useTypeLooks();
  const measure = useMeasures();
  const [chosen, setChosen] = useState<string>();
  const answer = useMemo(() => {
    const byName = new Map([...looks].map(([id, { name }]) => [name, id]));
    return fromResponse(response, (name) => byName.get(name));
  }, [response, looks]);
  const { graph, nodes, isChange } = answer;
  const isDrawn = graph.profiles.length <= mostBoxes;
  const scene = useMemo(() => {
    if (size === undefined || !isDrawn) return undefined;
    return graphScene({
      graph,
      looks,
      findings: noFindings,
      shape: graph.profiles.length > 24 ? 'row' : 'card',
      available: size.width,
      measure,
      emphasis: (id) => {
        const [gained, lost] = [nodes.get(id)?.gained ?? 0, nodes.get(id)?.lost ?? 0];
        if (!isChange) return { tone: 'plain' };
        return { tone: lost > 0 ? 'lost' : gained > 0 ? 'gained' : 'faint', badge: badgeOf(gained, lost) };
      },
    });
  }, [size, isDrawn, graph, nodes, isChange, looks, measure]);
  const pictures = useSceneExports(scene, 'The answer of the query');

  if (read.kind !== 'data' || graph.profiles.length === 0)
    return (
      <div className="explorer-page-state">
        <h2>{read.kind === 'failed' ? 'The query failed' : 'The answer in the editor holds no profiles'}</h2>
        {read.kind === 'failed' && <blockquote>{read.message}</blockquote>}
        <p>Profiles of any answer stand here: select inheritsFrom, ancestors, inheritanceGraph or the like.</p>
        <div className="explorer-buttons">
          <button type="button" onClick={() => run()}>
            Run the query
          </button>
          <button type="button" onClick={close}>
            To the editor
          </button>
        </div>
      </div>
    );

  const profiles = [...graph.profiles].sort(compareNamed);
  const changed = profiles.filter(({ id }) => (nodes.get(id)?.gained ?? 0) + (nodes.get(id)?.lost ?? 0) > 0).length;
  const litFor = (id: string) =>
    new Set([id, ...reach(id, (of) => graph.parents(of)).keys(), ...reach(id, (of) => graph.children(of)).keys()]);
  const title = isChange
    ? changed === 0
      ? "Nobody's access changes"
      : `${counted(changed, 'profile')} would change`
    : `${counted(profiles.length, 'profile')} in the answer`;
  const table = csvItem('CSV of the answer', 'answer', () => [
    ['Profile', 'Type', 'State', 'Inherits from', 'Gained', 'Lost', 'Id'],
    ...profiles.map((profile) => [
      displayName(profile),
      profile.typeName ?? '',
      profile.state ?? '',
      graph
        .parents(profile.id)
        .map((id) => displayName(graph.find(id)))
        .join('; '),
      String(nodes.get(profile.id)?.gained ?? ''),
      String(nodes.get(profile.id)?.lost ?? ''),
      nodes.get(profile.id)?.id ?? '',
    ]),
  ]);
  const open = (key: string) => {
    const id = nodes.get(key)?.id?.replace(/^AccessProfile:/, '');
    if (id !== undefined && graph.find(key)?.isMissing === false) go({ view: 'profile', id, to: undefined });
  };
  return (
    <div className="explorer-split has-list">
      <div className="explorer-side" data-pane="list">
        <h2>{counted(profiles.length, 'profile')}</h2>
        {profiles.slice(0, mostRows).map((profile) => (
          <ProfileRow
            key={profile.id}
            profile={profile}
            under={profile.typeName}
            isOpen={chosen === profile.id}
            onClick={() => setChosen(chosen === profile.id ? undefined : profile.id)}
            note={isChange ? badgeOf(nodes.get(profile.id)?.gained ?? 0, nodes.get(profile.id)?.lost ?? 0) : undefined}
          />
        ))}
        {profiles.length > mostRows && (
          <p className="explorer-nothing">and {formatCount(profiles.length - mostRows)} more: all are in the CSV.</p>
        )}
      </div>
      <div className="explorer-main" data-pane="stage">
        <ViewHead title={title} under="From the query in front">
          {chosen !== undefined && (
            <button type="button" onClick={() => open(chosen)}>
              Open the profile
            </button>
          )}
          {isDrawn && <ListSwitch />}
        </ViewHead>
        {[...response.notices, ...read.errors].map((notice) => (
          <p key={notice} className="explorer-amber" dir="auto">
            {notice}
          </p>
        ))}
        {!isDrawn && (
          <p className="explorer-nothing">
            More than a picture shows well: they stand in the list, and the Overview has a map of everything.
          </p>
        )}
        {isDrawn &&
          (scene === undefined || isList ? (
            <div className="explorer-stage is-list" ref={sizeRef}>
              {scene && <SceneList scene={scene} onGo={open} />}
            </div>
          ) : (
            <Stage
              scene={scene}
              label="Profiles of the answer"
              sizeRef={sizeRef}
              size={size}
              focus={chosen}
              chosen={chosen}
              lit={chosen === undefined ? undefined : litFor(chosen)}
              litFor={litFor}
              onChoose={setChosen}
              onGo={open}
            />
          ))}
        {scene && !isList && <Foot scene={scene} help="Click: all it is linked with · double click: go there" />}
      </div>
      <ExportMenu items={[...pictures, table]} />
    </div>
  );
}
