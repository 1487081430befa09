import { useGraphiQL } from '@graphiql/react';
import { useEffect, useState } from 'react';
import type { JsonObject } from '../../json.ts';
import { useOpenQuery } from '../../use-open-query.ts';
import { nodeLabel, type ProfileNode } from '../graph/graph.ts';
import { profileFields, profileQuery } from '../graph/requests.ts';
import { CardFacts } from './card-facts.tsx';
import { useProfileRequest } from './use-expansions.ts';

interface CardProps {
  readonly node: ProfileNode;
  readonly isOnCycle: boolean;
  readonly onExpand: (node: ProfileNode, wanted: 'parents' | 'children') => Promise<void>;
  readonly onPickOther: () => void;
  readonly onNarrow: () => void;
  readonly onClose: () => void;
}

/** Everything about the chosen profile: what the response says of it, completed by the gateway. */
export function Card({ node, isOnCycle, onExpand, onPickOther, onNarrow, onClose }: CardProps) {
  const request = useProfileRequest();
  const openQuery = useOpenQuery();
  const schema = useGraphiQL((state) => state.schema);
  const [details, setDetails] = useState<JsonObject>();
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const { id, name, isMissing } = node;

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again for another profile, not for every new object about the same one.
  useEffect(() => {
    let isCurrent = true;
    setDetails(undefined);
    setProblem('');
    if (isMissing || (id === undefined && name === undefined)) return;
    request(node, 'details').then(
      (found) => isCurrent && setDetails(found),
      (error: unknown) => isCurrent && setProblem(messageOf(error)),
    );
    return () => {
      isCurrent = false;
    };
  }, [id, name, isMissing, request]);

  async function expand(wanted: 'parents' | 'children') {
    setBusy(true);
    setProblem('');
    try {
      await onExpand(node, wanted);
    } catch (error) {
      setProblem(messageOf(error));
    } finally {
      setBusy(false);
    }
  }

  const knownId = node.id ?? (typeof details?.['id'] === 'string' ? details['id'] : undefined);
  return (
    <section className="inheritance-card" aria-label={`Profile ${nodeLabel(node)}`} aria-live="polite">
      <header>
        <h3>{nodeLabel(node)}</h3>
        <button type="button" className="text-button" aria-label="Close the card" onClick={onClose}>
          ✕
        </button>
      </header>
      <CardFacts node={node} details={details} isOnCycle={isOnCycle} />
      {problem !== '' && (
        <p className="panel-notice" role="alert">
          {problem}
        </p>
      )}
      <div className="card-buttons">
        <button type="button" disabled={busy || isMissing} onClick={() => void expand('parents')}>
          Expand parents
        </button>
        <button type="button" disabled={busy || isMissing} onClick={() => void expand('children')}>
          Expand children
        </button>
        <button type="button" onClick={onPickOther} title="Or Shift-click the other profile">
          Path to…
        </button>
        <button type="button" onClick={onNarrow}>
          Only its surroundings
        </button>
        <CopyButton text={knownId} />
        <button
          type="button"
          disabled={knownId === undefined || isMissing}
          onClick={() =>
            openQuery({
              query: profileQuery('everything', profileFields(schema)),
              variables: { id: knownId },
              run: true,
            })
          }
        >
          Open query for this profile
        </button>
      </div>
    </section>
  );
}

function CopyButton({ text }: { readonly text: string | undefined }) {
  const [isCopied, setIsCopied] = useState(false);
  return (
    <button
      type="button"
      disabled={text === undefined}
      onClick={() => {
        void navigator.clipboard.writeText(text ?? '').then(() => {
          setIsCopied(true);
          setTimeout(() => setIsCopied(false), 1_500);
        });
      }}
    >
      {isCopied ? 'Copied' : 'Copy id'}
    </button>
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
