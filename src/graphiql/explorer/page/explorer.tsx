import '../css/theme.css';
import '../css/frame.css';
import '../css/states.css';
import '../css/lists.css';
import '../css/change.css';
import '../css/stage.css';
import '../css/boxes.css';
import '../css/overview.css';
import { useGraphiQLActions } from '@graphiql/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { ChangeView } from '../views/change/change-view.tsx';
import { CompareView } from '../views/compare-view.tsx';
import { FindingsView } from '../views/findings-view.tsx';
import { GrantsView } from '../views/grants-view.tsx';
import { OverviewView } from '../views/overview/overview-view.tsx';
import { ProfileView } from '../views/profile/profile-view.tsx';
import { QueryView } from '../views/query-view.tsx';
import { SideForm } from '../views/side-form.tsx';
import { views } from './address.ts';
import { FrameProvider } from './frame.tsx';
import { Keys } from './keys.tsx';
import { mostUnasked, useFindings, useTenant } from './questions.ts';
import { SessionProvider, useSession } from './session.tsx';
import { Failure } from './state-page.tsx';
import { TopBar } from './top-bar.tsx';
import { clearAddress, useAddress } from './use-address.ts';
import { useMedia } from './use-media.ts';
import { useRecent } from './use-recent.ts';
import { useResponse } from './use-response.ts';
import { useScrollMemory } from './use-scroll-memory.ts';

const besideKey = 'explorer:beside';
const listKey = 'explorer:list';

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
  const { address, go, adjust } = navigation;
  const [isBeside, setIsBeside] = useState(() => window.localStorage.getItem(besideKey) === 'yes');
  const isNarrow = useMedia('(max-width: 700px)');
  const [isList, setIsList] = useState(() => window.localStorage.getItem(listKey) === 'yes');
  const [exportSlot, setExportSlot] = useState<HTMLElement | null>(null);
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const [notice, setNotice] = useState('');
  const { setVisiblePlugin } = useGraphiQLActions();
  const { remember } = useRecent();
  const root = useRef<HTMLElement>(null);
  useScrollMemory(root);
  const { graph: queryGraph, subject } = useResponse();

  useEffect(() => {
    if (address.view === 'profile' && address.id !== undefined) remember(address.id);
  }, [address, remember]);
  useEffect(() => () => clearAddress(), []);

  const frame = useMemo(
    () => ({
      ...navigation,
      exportSlot,
      isList,
      setIsList: (value: boolean) => {
        window.localStorage.setItem(listKey, value ? 'yes' : 'no');
        setIsList(value);
      },
      say: setNotice,
      openProfile: (id: string) => go({ view: 'profile', id, to: undefined }),
      close: () => setVisiblePlugin(null),
    }),
    [navigation, go, exportSlot, isList, setVisiblePlugin],
  );

  function place(beside: boolean) {
    window.localStorage.setItem(besideKey, beside ? 'yes' : 'no');
    setIsBeside(beside);
  }

  function onKeyDown(event: KeyboardEvent) {
    // What had the focus may be gone by now: the page itself then stands for the explorer.
    if (event.defaultPrevented || !(event.target === document.body || root.current?.contains(asNode(event.target))))
      return;
    const isTyping = event.target instanceof HTMLInputElement && event.target.type === 'text';
    if (event.key === 'F6') focusPane(root.current, event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape' && !isTyping) {
      if (isHelpOpen) setIsHelpOpen(false);
      else if (address.view === 'profile' && address.to !== undefined) adjust({ to: undefined, rest: false });
      else if (!isBeside) setVisiblePlugin(null);
    } else if (event.altKey && event.key === 'ArrowLeft') window.history.back();
    else if (event.altKey && event.key === 'ArrowRight') window.history.forward();
    else if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    else if (event.key === '/') root.current?.querySelector<HTMLElement>('[data-shortcut="/"]')?.focus();
    else if (event.key === '?') setIsHelpOpen(true);
    else if (/^[1-6]$/.test(event.key)) go({ view: views[Number(event.key) - 1] ?? 'overview' });
    else return;
    event.preventDefault();
  }

  const latest = useRef(onKeyDown);
  latest.current = onKeyDown;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => latest.current(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);

  // Keys count from the moment the explorer is there, before anything in it has been clicked.
  useEffect(() => {
    if (!isBeside) root.current?.focus();
  }, [isBeside]);

  return (
    <FrameProvider value={frame}>
      <section
        ref={root}
        className={isBeside ? 'inheritance-panel explorer-root is-beside' : 'inheritance-panel explorer-root is-full'}
        aria-label="Inheritance"
        tabIndex={-1}
      >
        {isBeside || isNarrow ? (
          <SideForm onWiden={isBeside ? () => place(false) : undefined} />
        ) : (
          <>
            <TopBar
              hasQuery={queryGraph.nodes.length > 0 || subject !== undefined}
              exportRef={setExportSlot}
              onBeside={() => place(true)}
            />
            <ChangedNotice />
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
        {isHelpOpen && <Keys onClose={() => setIsHelpOpen(false)} />}
      </section>
    </FrameProvider>
  );
}

function CurrentView() {
  const { view } = useAddress().address;
  const tenant = useTenant();
  // A key that the gateway refuses has one page, whatever was to be shown.
  if (tenant.error !== undefined)
    return <Failure error={tenant.error} attempt="read your tenant" onRetry={tenant.retry} />;
  switch (view) {
    case 'overview':
      return <OverviewView />;
    case 'profile':
      return <ProfileView />;
    case 'grants':
      return <GrantsView />;
    case 'findings':
      return <FindingsView />;
    case 'change':
      return <ChangeView />;
    case 'compare':
      return <CompareView />;
    case 'query':
      return <QueryView />;
  }
}

/** Said quietly: nothing changes under the reader's eyes. */
function ChangedNotice() {
  const { hasChanged, readAgain, watch } = useSession();
  const count = useTenant().shown?.profileCount;
  // The gateway scans the tenant for those who watch it: a large one is not scanned because a page is open.
  const isWatched = count !== undefined && count <= mostUnasked;
  useFindings(false);
  useEffect(() => {
    if (!isWatched) return;
    const controller = new AbortController();
    void watch(controller.signal);
    return () => controller.abort();
  }, [isWatched, watch]);
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

function asNode(target: EventTarget | null): Node | null {
  return target instanceof Node ? target : null;
}

function focusPane(root: HTMLElement | null, step: number): void {
  const panes = [...(root?.querySelectorAll<HTMLElement>('[data-pane]') ?? [])];
  const place = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes[(place + step + panes.length) % panes.length];
  next?.querySelector<HTMLElement>('input, button:not([tabindex="-1"]), [tabindex="0"]')?.focus();
}
