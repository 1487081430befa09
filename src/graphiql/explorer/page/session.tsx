import { useGraphiQL } from '@graphiql/react';
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { useHeaders } from '../../use-headers.ts';
import { type Ask, AskError, askWith } from '../ask/ask.ts';
import { watchOnView, watchTenant } from '../ask/watch.ts';

interface Session {
  /** Stands for the headers that are sent: what one caller was answered is kept from another. */
  readonly caller: object;
  /** Counts the times of reading. */
  readonly epoch: number;
  readonly ask: (signal: AbortSignal) => Ask;
  /** Every open view reads again. */
  readonly readAgain: () => void;
  readonly hasChanged: boolean;
  /** Watches for changes until the signal ends: of the whole tenant, or of the profiles that are on view. */
  readonly watch: (signal: AbortSignal, idsOnView: (() => readonly string[]) | undefined) => void;
  readonly isWholeWanted: boolean;
  readonly readWhole: () => void;
}

const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('useSession is used outside of the explorer');
  return session;
}

interface ProviderProps {
  readonly children: ReactNode;
}

/** Holds what the explorer has read. Other headers in the editor, which may hold another key, start a new session. */
export function SessionProvider({ children }: ProviderProps) {
  const headersText = useGraphiQL(
    ({ tabs, activeTabIndex, initialHeaders }) => tabs[activeTabIndex]?.headers ?? initialHeaders ?? '',
  );
  return <CallersSession key={headersText}>{children}</CallersSession>;
}

function CallersSession({ children }: ProviderProps) {
  const readHeaders = useHeaders();
  const [caller] = useState(() => ({}));
  const [epoch, setEpoch] = useState(0);
  const [changedEpoch, setChangedEpoch] = useState(-1);
  const [isWholeWanted, setIsWholeWanted] = useState(false);
  const asking = useMemo(() => {
    const ask = (signal: AbortSignal) => askWith(headersOf(readHeaders), signal);
    const onChange = () => setChangedEpoch(epoch);
    return {
      ask,
      watch: (signal: AbortSignal, idsOnView: (() => readonly string[]) | undefined) =>
        void (idsOnView === undefined
          ? watchTenant(readHeaders, signal, onChange)
          : watchOnView(ask, idsOnView, signal, onChange)),
    };
  }, [readHeaders, epoch]);
  const session = useMemo(
    (): Session => ({
      ...asking,
      caller,
      epoch,
      readAgain: () => setEpoch((number) => number + 1),
      hasChanged: changedEpoch === epoch,
      isWholeWanted,
      readWhole: () => setIsWholeWanted(true),
    }),
    [asking, caller, changedEpoch, isWholeWanted, epoch],
  );
  return <SessionContext value={session}>{children}</SessionContext>;
}

function headersOf(readHeaders: () => Record<string, string>): Record<string, string> {
  try {
    return readHeaders();
  } catch {
    throw new AskError(
      'The text under Headers is not a JSON object, such as { "Authorization": "Bearer …" }.',
      'HEADERS',
    );
  }
}
