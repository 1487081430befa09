import { useGraphiQL } from '@graphiql/react';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { useHeaders } from '../../use-headers.ts';
import { type Ask, AskError, askWith } from '../ask/ask.ts';
import type { AffectedPerson, Effect } from '../ask/change.ts';
import type { Comparison } from '../ask/comparison.ts';
import type { Finding } from '../ask/findings.ts';
import type { Granting } from '../ask/granting.ts';
import type { Person } from '../ask/people.ts';
import type { ProfileDetails } from '../ask/profile.ts';
import type { Tenant } from '../ask/tenant.ts';
import { watchChanges } from '../ask/watch.ts';
import type { World } from '../ask/world.ts';
import type { Profile } from '../graph/profile-graph.ts';
import type { Entitlement } from '../text/entitlement-name.ts';
import { AnswerCache } from './answers.ts';

interface Session {
  /** Stands for the time of reading. Answers to another caller are in another session. */
  readonly scope: string;
  readonly ask: (signal: AbortSignal) => Ask;
  readonly caches: Caches;
  /** Drops what was read, so that every open view reads again. */
  readonly readAgain: () => void;
  readonly hasChanged: boolean;
  /** Watches the tenant for changes until the signal ends. */
  readonly watch: (signal: AbortSignal) => Promise<void>;
  readonly isWholeWanted: boolean;
  readonly readWhole: () => void;
}

type Caches = ReturnType<typeof createCaches>;

function createCaches() {
  return {
    tenant: new AnswerCache<Tenant>(),
    world: new AnswerCache<World>(),
    profile: new AnswerCache<ProfileDetails | undefined>(),
    findings: new AnswerCache<readonly Finding[]>(),
    granting: new AnswerCache<Granting>(),
    effect: new AnswerCache<Effect>(),
    affectedPeople: new AnswerCache<readonly AffectedPerson[]>(),
    comparison: new AnswerCache<Comparison | undefined>(),
    people: new AnswerCache<readonly Person[]>(),
    profiles: new AnswerCache<readonly Profile[]>(),
    entities: new AnswerCache<readonly Entitlement[]>(),
  };
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
  const [caches] = useState(createCaches);
  const [epoch, setEpoch] = useState(0);
  const [changedEpoch, setChangedEpoch] = useState(-1);
  const [isWholeWanted, setIsWholeWanted] = useState(false);

  const watch = useCallback(
    (signal: AbortSignal) => watchChanges(readHeaders, signal, () => setChangedEpoch(epoch)),
    [readHeaders, epoch],
  );

  const session = useMemo(
    (): Session => ({
      scope: String(epoch),
      caches,
      ask: (signal) => askWith(headersOf(readHeaders), signal),
      readAgain: () => setEpoch((number) => number + 1),
      hasChanged: changedEpoch === epoch,
      watch,
      isWholeWanted,
      readWhole: () => setIsWholeWanted(true),
    }),
    [caches, readHeaders, changedEpoch, watch, isWholeWanted, epoch],
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
