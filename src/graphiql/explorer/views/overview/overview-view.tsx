import { useMemo, useState } from 'react';
import type { World } from '../../ask/world.ts';
import { facetsOf, filterProfiles, isFiltered, rowsOf, type Sorting, sortRows } from '../../graph/filter.ts';
import { reach } from '../../graph/profile-graph.ts';
import { graphScene } from '../../look/graph-scene.ts';
import { ExportMenu, ListSwitch, useFrame, ViewHead } from '../../page/frame.tsx';
import { useIsWhole, useTenant, useTypeLooks, useWholeWorld } from '../../page/questions.ts';
import { AnswerView, Waiting } from '../../page/state-page.tsx';
import { useFindingIndex } from '../../page/use-finding-index.ts';
import { useMeasures } from '../../page/use-measure.ts';
import { useSize } from '../../page/use-size.ts';
import { Stage } from '../../stage/stage.tsx';
import { counted, formatCount, stateName } from '../../text/sentences.ts';
import { Foot } from '../foot.tsx';
import { csvItem, useSceneExports } from '../use-exports.ts';
import { FilterChips } from './filter-chips.tsx';
import { FirstVisit } from './first-visit.tsx';
import { LargeTenant } from './large-tenant.tsx';
import { MapStage } from './map-stage.tsx';
import { ProfileTable } from './profile-table.tsx';
import { useWholeExports } from './use-whole-exports.ts';

/** Tenants up to this size are drawn as boxes with names, larger ones as a map over a table. */
const mostDrawn = 150;

/** Every profile of the tenant. */
export function OverviewView() {
  const tenant = useTenant();
  const isWhole = useIsWhole();
  const world = useWholeWorld();
  if (tenant.shown === undefined) return <Waiting what="the size of your tenant" onStop={tenant.stop} />;
  if (!isWhole) return <LargeTenant count={tenant.shown.profileCount} />;
  return (
    <AnswerView
      reading={world}
      what={tenant.shown.profileCount === undefined ? 'all profiles' : counted(tenant.shown.profileCount, 'profile')}
      attempt="read all profiles"
    >
      {(shown, isStale) => <Everything world={shown} isStale={isStale} />}
    </AnswerView>
  );
}

function Everything({ world, isStale }: { readonly world: World; readonly isStale: boolean }) {
  const { address, adjust, go, isList } = useFrame();
  const { graph } = world;
  const findings = useFindingIndex();
  const [pointed, setPointed] = useState<string>();
  const [sorting, setSorting] = useState<Sorting>({ column: 'inheritedBy', isDescending: true });
  const present = world.byName;
  const facets = useMemo(() => facetsOf(present), [present]);
  const passing = useMemo(
    () => filterProfiles(present, address.filters, (id) => findings.byProfile.has(id)),
    [present, address.filters, findings],
  );
  const rows = useMemo(
    () =>
      sortRows(
        rowsOf(passing, graph, (id) => findings.byProfile.get(id)?.length ?? 0),
        sorting,
      ),
    [passing, graph, findings, sorting],
  );
  const shownIds = useMemo(
    () => (isFiltered(address.filters) ? new Set(passing.map(({ id }) => id)) : undefined),
    [address.filters, passing],
  );
  const isSmall = graph.profiles.length <= mostDrawn;
  const wholeExports = useWholeExports();
  const table = csvItem('CSV of the table', 'profiles', () => [
    ['Name', 'Type', 'State', 'Labels', 'Inherits from', 'Inherited by', 'Findings', 'Id'],
    ...rows.map(({ profile, inheritsFrom, inheritedBy, findings: count }) => [
      profile.name,
      profile.typeName ?? '',
      profile.state === undefined ? '' : stateName(profile.state),
      profile.labels.join('; '),
      String(inheritsFrom),
      String(inheritedBy),
      String(count),
      profile.id,
    ]),
  ]);
  const openProfile = (id: string) => {
    if (graph.find(id)?.isMissing === false) go({ view: 'profile', id, to: undefined });
  };

  if (present.length === 0)
    return (
      <div className="explorer-page-state">
        <h1>No access profiles yet</h1>
        <p>
          This tenant has none, or your key may see none. Create one in Veza, or ask with another key under Headers.
        </p>
      </div>
    );
  const title =
    shownIds === undefined
      ? `${counted(present.length, 'profile')}, ${counted(graph.edges.length, 'link')} to parents`
      : `${formatCount(passing.length)} of ${counted(present.length, 'profile')}`;
  return (
    <div className={isStale ? 'explorer-main is-stale' : 'explorer-main'} data-pane="stage">
      <FirstVisit />
      <ViewHead title={title}>{isSmall && <ListSwitch />}</ViewHead>
      {world.isTruncated && (
        <p className="explorer-amber">The gateway cut this short: there are more profiles than it returns.</p>
      )}
      <FilterChips
        facets={facets}
        filters={address.filters}
        findings={findings.byProfile.size}
        onChange={(filters) => adjust({ filters })}
      />
      {isSmall && !isList ? (
        <SmallPicture
          world={world}
          shownIds={shownIds}
          table={table}
          wholeExports={wholeExports}
          onOpen={openProfile}
        />
      ) : (
        <>
          {!isSmall && (
            <MapStage
              graph={graph}
              levels={world.levels}
              shown={shownIds}
              pointed={pointed}
              onPoint={setPointed}
              onOpen={openProfile}
            />
          )}
          <ProfileTable
            rows={rows}
            sorting={sorting}
            onSort={setSorting}
            pointed={pointed}
            onPoint={setPointed}
            onOpen={openProfile}
          />
          <ExportMenu items={[table, ...wholeExports]} />
        </>
      )}
    </div>
  );
}

interface SmallPictureProps {
  readonly world: World;
  readonly shownIds: ReadonlySet<string> | undefined;
  readonly table: ReturnType<typeof csvItem>;
  readonly wholeExports: ReturnType<typeof useWholeExports>;
  readonly onOpen: (id: string) => void;
}

/** All profiles as rows in columns by level. A filter greys the others and moves nothing. */
function SmallPicture({ world, shownIds, table, wholeExports, onOpen }: SmallPictureProps) {
  const { graph } = world;
  const [sizeRef, size] = useSize();
  const looks = useTypeLooks();
  const findings = useFindingIndex();
  const measure = useMeasures();
  const [chosen, setChosen] = useState<string>();
  const scene = useMemo(
    () => size && graphScene({ graph, looks, findings, shape: 'row', available: size.width, measure }),
    [size, graph, looks, findings, measure],
  );
  const litFor = useMemo(
    () => (id: string) =>
      new Set([id, ...reach(id, (of) => graph.parents(of)).keys(), ...reach(id, (of) => graph.children(of)).keys()]),
    [graph],
  );
  const pictures = useSceneExports(scene, 'Access profiles');
  return (
    <>
      {scene === undefined ? (
        <div className="explorer-stage" ref={sizeRef} />
      ) : (
        <Stage
          scene={scene}
          label="All profiles"
          sizeRef={sizeRef}
          size={size}
          chosen={chosen}
          lit={chosen === undefined ? shownIds : litFor(chosen)}
          litFor={litFor}
          onChoose={setChosen}
          onGo={onOpen}
          onKey={(_key, pressed) => {
            if (pressed !== 'Escape' || chosen === undefined) return false;
            setChosen(undefined);
            return true;
          }}
        />
      )}
      {scene && <Foot scene={scene} help="Click: all it is linked with · double click: go there" />}
      <ExportMenu items={[...pictures, table, ...wholeExports]} />
    </>
  );
}
