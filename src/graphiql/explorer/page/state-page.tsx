import { type ReactNode, useEffect, useState } from 'react';
import type { AskError } from '../ask/ask.ts';
import type { Reading } from './answers.ts';
import { pressPanelButton } from './panel-button.ts';

interface AnswerViewProps<Value> {
  readonly reading: Reading<Value>;
  /** What is read, for a sentence: `10,000 profiles`. */
  readonly what: string;
  /** What was attempted: `read this profile`. */
  readonly attempt: string;
  readonly children: (value: Value, isStale: boolean) => ReactNode;
}

/** Content that has to be read first: grey rows, then words and a way to stop; an error in its place only. */
export function AnswerView<Value>({ reading, what, attempt, children }: AnswerViewProps<Value>) {
  const { status, error, shown } = reading;
  if (status === 'failed' && error !== undefined)
    return <Failure error={error} attempt={attempt} onRetry={reading.retry} />;
  if (status === 'stopped') return <Stopped what={what} onRetry={reading.retry} />;
  const isStale = status !== 'done';
  if (shown === undefined) return <Waiting what={what} onStop={reading.stop} />;
  return children(shown, isStale);
}

/** Nothing for 200 ms, grey rows until a second has passed, then words. */
export function Waiting({ what, onStop }: { readonly what: string; readonly onStop?: () => void }) {
  const [stage, setStage] = useState(0);
  useEffect(() => {
    const timers = [setTimeout(() => setStage(1), 200), setTimeout(() => setStage(2), 1_000)];
    return () => timers.forEach(clearTimeout);
  }, []);
  if (stage === 0) return <div className="explorer-waiting" />;
  return (
    <div className="explorer-waiting explorer-col">
      {[1, 2, 3, 4].map((row) => (
        <i key={row} aria-hidden="true" />
      ))}
      {stage === 2 && (
        <p role="status">
          Reading {what}…{' '}
          {onStop && (
            <button type="button" onClick={onStop}>
              Stop
            </button>
          )}
        </p>
      )}
    </div>
  );
}

function Stopped({ what, onRetry }: { readonly what: string; readonly onRetry: () => void }) {
  return (
    <div className="explorer-page-state explorer-col">
      <p>Stopped reading {what}.</p>
      <button type="button" onClick={onRetry}>
        Read on
      </button>
    </div>
  );
}

const advice: Readonly<Record<string, { readonly title: string; readonly what: string }>> = {
  UNAUTHENTICATED: {
    title: 'No key, or one that is not accepted',
    what: 'Put an API key of your tenant under Headers: { "Authorization": "Bearer …" }. It is used for this page alone.',
  },
  FORBIDDEN: {
    title: 'Your key may not read this',
    what: 'Ask an administrator for a key that may read access profiles, and put it under Headers.',
  },
  HEADERS: {
    title: 'The headers are not readable',
    what: 'Correct the text under Headers, or empty it.',
  },
  UNREACHABLE: {
    title: 'The gateway does not answer',
    what: 'Check that the gateway is running and that this browser can reach it.',
  },
  UPSTREAM_UNAVAILABLE: {
    title: 'The Veza tenant does not answer',
    what: 'Check VEZA_URL of the gateway, the network and the tenant. The gateway itself is running.',
  },
};

/** What failed, why, and what to do. */
export function Failure({
  error,
  attempt,
  onRetry,
}: {
  readonly error: AskError;
  readonly attempt: string;
  readonly onRetry: () => void;
}) {
  const code = error.code ?? '';
  const known = Object.hasOwn(advice, code) ? advice[code] : undefined;
  const isKey = ['UNAUTHENTICATED', 'FORBIDDEN', 'HEADERS'].includes(code);
  return (
    <div className="explorer-page-state explorer-col" role="alert">
      <h2>{known?.title ?? `The gateway could not ${attempt}`}</h2>
      <blockquote dir="auto" className="explorer-amber">
        {error.message}
      </blockquote>
      {known && <p>{known.what}</p>}
      <div className="explorer-buttons">
        {isKey && (
          <button type="button" className="is-primary" onClick={openHeaders}>
            Open Headers
          </button>
        )}
        <button type="button" onClick={onRetry}>
          Try again
        </button>
      </div>
    </div>
  );
}

/** Closes the explorer and opens the editor for headers, where the key goes. */
function openHeaders(): void {
  pressPanelButton('Hide');
  const button = document.querySelector<HTMLElement>('.graphiql-editor-tools [data-name="headers"]');
  button?.click();
  setTimeout(
    () => document.querySelector<HTMLElement>('.graphiql-editor-tool[aria-label="Headers"] textarea')?.focus(),
    50,
  );
}
