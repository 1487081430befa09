import { useDeferredValue, useMemo, useState } from 'react';
import { isRecord, text } from '../../../json.ts';
import { AskError, rootField } from '../../ask/ask.ts';
import type { World } from '../../ask/world.ts';
import { download, fileName } from '../../export/files.ts';
import { facetsOf, filterProfiles, isFiltered, rowsOf, type Sorting, sortRows } from '../../graph/filter.ts';
import { ExportMenu, ListSwitch, type MenuItem, useFrame, ViewHead } from '../../page/frame.tsx';
import { useFindingIndex, useIsWhole, useTenant, useWholeWorld } from '../../page/questions.ts';
import { useSession } from '../../page/session.tsx';
import { AnswerView, Waiting } from '../../page/state-page.tsx';
import { counted, formatCount, stateName } from '../../text/sentences.ts';
import { type Drawing, GraphView } from '../graph-view.tsx';
import { csvItem } from '../use-exports.ts';
import { Limits } from '../view-parts.tsx';
import { FilterChips } from './filter-chips.tsx';
import { FirstVisit } from './first-visit.tsx';
import { LargeTenant } from './large-tenant.tsx';
import { MapStage } from './map-stage.tsx';
import { ProfileTable } from './profile-table.tsx';

/** Tenants up to this size are drawn as boxes with names, larger ones as a map over a table. */
const mostDrawn = 150;

const byHeirs: Sorting = { column: 'inheritedBy', isDescending: true };

/** Every profile of the tenant. */
export function OverviewView() {
  const tenant = useTenant();
  const isWhole = useIsWhole();
  const world = useWholeWorld();
  // Drawn in slices: the page goes on meanwhile.
  const shown = useDeferredValue(world.shown);
  if (tenant.shown === undefined) return <Waiting what="the size of your tenant" onStop={tenant.stop} />;
  if (!isWhole) return <LargeTenant count={tenant.shown.profileCount} />;
  return (
    <AnswerView
      reading={world}
      what={tenant.shown.profileCount === undefined ? 'all profiles' : counted(tenant.shown.profileCount, 'profile')}
      attempt="read all profiles"
    >
      {(_latest, isStale) =>
        shown === undefined ? <Waiting what="all profiles" /> : <Everything world={shown} isStale={isStale} />
      }
    </AnswerView>
  );
}

function Everything({ world, isStale }: { readonly world: World; readonly isStale: boolean }) {
  const { address, adjust, isList, openProfile } = useFrame();
  const { graph } = world;
  const findings = useFindingIndex();
  const [pointed, setPointed] = useState<string>();
  const sorting = address.sort ?? byHeirs;
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
  const drawing = useMemo((): Drawing => ({ graph, findings, shape: 'row' }), [graph, findings]);
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
  const open = (id: string) => {
    if (graph.find(id)?.isMissing === false) openProfile(id);
  };

  if (present.length === 0)
    return (
      <div className="explorer-page-state explorer-col">
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
    <div className={`explorer-main explorer-col ${isStale ? 'is-stale' : ''}`} data-pane="stage">
      <FirstVisit />
      <ViewHead title={title}>{isSmall && <ListSwitch />}</ViewHead>
      <Limits world={world} />
      <FilterChips
        facets={facets}
        filters={address.filters}
        findings={findings.byProfile.size}
        onChange={(filters) => adjust({ filters })}
      />
      {isSmall && !isList ? (
        <GraphView
          drawing={drawing}
          most={mostDrawn}
          label="All profiles"
          title="Access profiles"
          lit={shownIds}
          help="Click: all it is linked with · double click: go there"
          tables={[table, ...wholeExports]}
        />
      ) : (
        <>
          {!isSmall && <MapStage world={world} shown={shownIds} pointed={pointed} onPoint={setPointed} onOpen={open} />}
          <ProfileTable
            rows={rows}
            sorting={sorting}
            onSort={(sort) => adjust({ sort })}
            pointed={pointed}
            onPoint={setPointed}
            onOpen={open}
          />
          <ExportMenu items={[table, ...wholeExports]} />
        </>
      )}
    </div>
  );
}

/** The whole tenant in the gateway's own text formats. */
function useWholeExports(): readonly MenuItem[] {
  const { ask } = useSession();
  const { say } = useFrame();
  return useMemo(
    () =>
      (['mermaid', 'dot'] as const).map((format) => ({
        text: format === 'dot' ? 'DOT of everything' : 'Mermaid of everything',
        onPick: () => {
          const document = `query ExplorerText { inheritanceGraph { ${format} } }`;
          ask(new AbortController().signal)(document)
            .then((answered) => {
              const graph = rootField(answered, 'inheritanceGraph');
              const content = isRecord(graph) ? text(graph[format]) : undefined;
              if (content === undefined) throw answered.errorAt(format) ?? new AskError('The answer holds no text.');
              download(fileName('access profiles', format === 'dot' ? 'dot' : 'mmd'), content, 'text/plain');
            })
            .catch((error: Error) => say(`The file could not be made: ${error.message}`));
        },
      })),
    [ask, say],
  );
}
