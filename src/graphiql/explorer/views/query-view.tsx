import { useGraphiQLActions } from '@graphiql/react';
import { useMemo } from 'react';
import { findingsIn, fromResponse } from '../graph/from-response.ts';
import { displayName } from '../look/box-content.ts';
import type { Address } from '../page/address.ts';
import { FrameContext, ListSwitch, useFrame, ViewHead } from '../page/frame.tsx';
import { ProfileRow } from '../page/parts.tsx';
import { useTypeLooks } from '../page/questions.ts';
import { useResponse } from '../page/use-response.ts';
import { compareNamed } from '../text/order.ts';
import { badgeOf, counted, effectText } from '../text/sentences.ts';
import { ChangeView } from './change/change-view.tsx';
import { Findings } from './findings-view.tsx';
import { GrantsView } from './grants-view.tsx';
import { type Drawing, GraphView, mostBoxes } from './graph-view.tsx';
import { ProfileView } from './profile/profile-view.tsx';
import { csvItem } from './use-exports.ts';
import { MoreRows } from './view-parts.tsx';

const mostRows = 500;

/** The answer in the editor in the form that its question has here; any other as a list, with a picture if it is small enough. */
export function QueryView() {
  const { read, graph, subject } = useResponse();
  const { close } = useFrame();
  const { run } = useGraphiQLActions();
  if (read.kind === 'data') {
    const findings = subject?.view === 'findings' ? findingsIn(read.response) : undefined;
    if (findings !== undefined) return <Findings findings={findings} />;
    if (subject?.view === 'grants') return <InForm subject={subject} view={<GrantsView />} />;
    if (subject?.view === 'change') return <InForm subject={subject} view={<ChangeView />} />;
    const [only, ...more] = graph.nodes;
    if (only?.id !== undefined && more.length === 0)
      return <InForm subject={{ view: 'profile', id: only.key }} view={<ProfileView />} />;
    if (only !== undefined) return <Profiles />;
  }
  return (
    <div className="explorer-page-state explorer-col">
      <h2>{read.kind === 'failed' ? 'The query failed' : 'The answer in the editor holds no profiles'}</h2>
      {read.kind === 'failed' && <blockquote className="explorer-amber">{read.message}</blockquote>}
      <p>Profiles of any answer stand here. Select inheritsFrom, ancestors or inheritanceGraph.</p>
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
}

interface InFormProps {
  readonly subject: Partial<Address>;
  readonly view: React.ReactNode;
}

/** A view of its own in this tab. Going on from there leads to the view's tab. */
function InForm({ subject, view }: InFormProps) {
  const frame = useFrame();
  const inner = useMemo(
    () => ({
      ...frame,
      address: { ...frame.address, to: undefined, ...subject },
      go: (part: Partial<Address>) => frame.go({ to: undefined, ...subject, ...part }),
      adjust: (part: Partial<Address>) =>
        'changes' in part ? frame.go({ to: undefined, ...subject, ...part }) : frame.adjust(part),
    }),
    [frame, subject],
  );
  return <FrameContext value={inner}>{view}</FrameContext>;
}

/** Profiles that the answer mentions, with what it says of them. */
function Profiles() {
  const { read, graph: response } = useResponse();
  const { address, adjust, openProfile } = useFrame();
  const looks = useTypeLooks();
  const { graph, nodes, isChange } = useMemo(() => {
    const byName = new Map([...looks].map(([id, { name }]) => [name, id]));
    return fromResponse(response, (name) => byName.get(name));
  }, [response, looks]);
  const { effectOn, inkOf } = useMemo(
    () => ({
      effectOn: (id: string) => [nodes.get(id)?.gained ?? 0, nodes.get(id)?.lost ?? 0] as const,
      inkOf: (id: string) => (nodes.has(id) ? 'direct' : undefined),
    }),
    [nodes],
  );
  const drawing = useMemo(
    (): Drawing => ({
      graph,
      emphasis: (id) => {
        const [gained, lost] = effectOn(id);
        if (!isChange) return { tone: 'plain' };
        const tone = lost > 0 ? 'lost' : gained > 0 ? 'gained' : 'faint';
        return { tone, badge: badgeOf(gained, lost), effect: effectText(gained, lost) };
      },
    }),
    [graph, effectOn, isChange],
  );
  const { chosen } = address;
  const profiles = useMemo(() => [...graph.profiles].sort(compareNamed), [graph]);
  const changed = profiles.filter(({ id }) => badgeOf(...effectOn(id)) !== undefined).length;
  const title = !isChange
    ? `${counted(profiles.length, 'profile')} in the answer`
    : changed === 0
      ? "Nobody's access changes"
      : `${counted(changed, 'profile')} would change`;
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
  const canOpen = (key: string) => nodes.get(key)?.id !== undefined && graph.find(key)?.isMissing === false;
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
            onClick={() => adjust({ chosen: chosen === profile.id ? undefined : profile.id })}
            note={isChange ? badgeOf(...effectOn(profile.id)) : undefined}
          />
        ))}
        <MoreRows count={profiles.length} most={mostRows} />
      </div>
      <div className="explorer-main explorer-col" data-pane="stage">
        <ViewHead title={title} under="From the query in front">
          {chosen !== undefined && canOpen(chosen) && (
            <button type="button" onClick={() => openProfile(chosen)}>
              Open the profile
            </button>
          )}
          {profiles.length <= mostBoxes && <ListSwitch />}
        </ViewHead>
        {[...response.notices, ...(read.kind === 'data' ? read.errors : [])].map((notice) => (
          <p key={notice} className="explorer-amber" dir="auto">
            {notice}
          </p>
        ))}
        <GraphView
          drawing={drawing}
          inkOf={inkOf}
          label="Profiles of the answer"
          title="The answer of the query"
          focus={chosen}
          help="Click: all it is linked with · double click: go there"
          tables={[table]}
          onGo={(key) => canOpen(key) && openProfile(key)}
        />
      </div>
    </div>
  );
}
