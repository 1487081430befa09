import '../css/frame.css';
import '../css/lists.css';
import '../css/stage.css';
import '../css/overview.css';
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { later } from '../../later.tsx';
import { useRemember } from '../picker/recent.ts';
import type { View } from './address.ts';
import { useMedia, useStored } from './browser.ts';
import { FrameContext } from './frame.tsx';
import { Keys } from './keys.tsx';
import { pressPanelButton } from './panel-button.ts';
import { mostUnasked, useFindings, useTenant } from './questions.ts';
import { SessionProvider, useSession } from './session.tsx';
import { Failure } from './state-page.tsx';
import { TopBar } from './top-bar.tsx';
import { clearAddress, useAddress } from './use-address.ts';
import { useResponse } from './use-response.ts';
import { useScrollMemory } from './use-scroll-memory.ts';

/** Each view is a file of its own: one is enough to begin with. */
const viewOf = {
  overview: later(async () => (await import('../views/overview/overview-view.tsx')).OverviewView),
  profile: later(async () => (await import('../views/profile/profile-view.tsx')).ProfileView),
  grants: later(async () => (await import('../views/grants-view.tsx')).GrantsView),
  findings: later(async () => (await import('../views/findings-view.tsx')).FindingsView),
  change: later(async () => (await import('../views/change/change-view.tsx')).ChangeView),
  compare: later(async () => (await import('../views/compare-view.tsx')).CompareView),
  query: later(async () => (await import('../views/query-view.tsx')).QueryView),
} as const satisfies Readonly<Record<View, unknown>>;
const SideForm = later(async () => (await import('../views/side-form.tsx')).SideForm);

/** GraphiQL's "Inheritance" panel: the explorer over the whole window, or its small form beside the editors. */
export function InheritancePanel() {
  return (
    <SessionProvider>
      <Explorer />
    </SessionProvider>
  );
}

function Explorer() {
  const navigation = useAddress();
  const { address, go } = navigation;
  const [beside, storeBeside] = useStored('explorer:beside');
  const [list, storeList] = useStored('explorer:list');
  const isBeside = beside === 'yes';
  const isNarrow = useMedia('(max-width: 700px)');
  const [exportSlot, setExportSlot] = useState<HTMLElement | null>(null);
  const [notice, setNotice] = useState('');
  const remember = useRemember();
  const root = useRef<HTMLElement>(null);
  useScrollMemory(root);
  const { graph: queryGraph, subject } = useResponse();

  useEffect(() => {
    if (address.view === 'profile' && address.id !== undefined) remember(address.id);
  }, [address, remember]);
  useEffect(() => () => clearAddress(), []);
  useEffect(() => {
    // The others come while the reader looks at the first, so that they are there when they are wanted.
    const timer = setTimeout(() => {
      for (const { load } of Object.values(viewOf)) load();
    }, 2_000);
    return () => clearTimeout(timer);
  }, []);

  const frame = useMemo(
    () => ({
      ...navigation,
      exportSlot,
      isList: list === 'yes',
      setIsList: (value: boolean) => storeList(value ? 'yes' : 'no'),
      say: setNotice,
      openProfile: (id: string) => go({ view: 'profile', id, to: undefined }),
      close: () => pressPanelButton('Hide'),
    }),
    [navigation, go, exportSlot, list, storeList],
  );

  // Keys count from the moment the explorer is there, before anything in it has been clicked.
  useEffect(() => {
    if (!isBeside) root.current?.focus();
  }, [isBeside]);

  return (
    <FrameContext value={frame}>
      <section
        ref={root}
        className={`inheritance-panel explorer-root ${isBeside ? '' : 'is-full explorer-col'}`}
        aria-label="Inheritance"
        tabIndex={-1}
      >
        {isBeside || isNarrow ? (
          <SideForm onWiden={isBeside ? () => storeBeside('no') : undefined} />
        ) : (
          <>
            <TopBar
              hasQuery={queryGraph.nodes.length > 0 || subject !== undefined}
              exportRef={setExportSlot}
              onBeside={() => storeBeside('yes')}
            />
            <ChangedNotice root={root} />
            {notice !== '' && (
              <div className="explorer-changed" role="alert">
                {notice}{' '}
                <button type="button" onClick={() => setNotice('')}>
                  Close
                </button>
              </div>
            )}
            <div className="explorer-body">
              <CurrentView />
            </div>
          </>
        )}
        <Keys {...navigation} root={root} onLeave={() => !isBeside && pressPanelButton('Hide')} />
      </section>
    </FrameContext>
  );
}

function CurrentView() {
  const { view } = useAddress().address;
  const tenant = useTenant();
  // A key that the gateway refuses has one page, whatever was to be shown.
  if (tenant.error !== undefined)
    return <Failure error={tenant.error} attempt="read your tenant" onRetry={tenant.retry} />;
  const Current = viewOf[view];
  return <Current />;
}

/** Said quietly: nothing changes under the reader's eyes. */
function ChangedNotice({ root }: { readonly root: RefObject<HTMLElement | null> }) {
  const { hasChanged, readAgain, watch } = useSession();
  const count = useTenant().shown?.profileCount;
  // The gateway scans the tenant for those who watch all of it: a large one is not scanned because a page is open.
  const isSmall = count !== undefined && count <= mostUnasked;
  useFindings(false);
  useEffect(() => {
    const controller = new AbortController();
    watch(controller.signal, isSmall ? undefined : () => idsOnView(root.current));
    return () => controller.abort();
  }, [isSmall, watch, root]);
  if (!hasChanged) return null;
  return (
    <div className="explorer-changed" role="status">
      Something has changed.{' '}
      <button type="button" onClick={readAgain}>
        Read again
      </button>
    </div>
  );
}

/** The profiles whose boxes and rows are shown, while somebody may look at them. */
function idsOnView(root: HTMLElement | null): readonly string[] {
  if (document.visibilityState !== 'visible') return [];
  return [...(root?.querySelectorAll<HTMLElement>('[data-key]') ?? [])].flatMap(({ dataset }) => dataset['key'] ?? []);
}
