import { useGraphiQLActions } from '@graphiql/react';
import { firstQuery } from '../../first-query.ts';
import { useOpenQuery } from '../../use-open-query.ts';
import type { ReadResponse } from '../graph/read-response.ts';

/** What stands in place of a drawing, and what to do about it. */
export function Empty({ read, isFetching }: { readonly read: ReadResponse; readonly isFetching: boolean }) {
  const { run } = useGraphiQLActions();
  const openQuery = useOpenQuery();
  const runButton = (
    <button type="button" onClick={() => run()}>
      Run the query
    </button>
  );
  const exampleButton = (
    <button type="button" onClick={() => openQuery({ query: firstQuery, variables: {}, run: true })}>
      Open an example
    </button>
  );
  if (isFetching) return <div className="inheritance-empty">Waiting for the answer…</div>;
  if (read.kind === 'none') {
    return (
      <div className="inheritance-empty">
        <p>Here the answer of your query is drawn: who inherits from whom.</p>
        {runButton} {exampleButton}
      </div>
    );
  }
  if (read.kind === 'failed') {
    return (
      <div className="inheritance-empty" role="alert">
        <p>The query failed, so there is nothing to draw:</p>
        <blockquote>{read.message}</blockquote>
        {read.code === 'UNAUTHENTICATED' && (
          <p>
            Put <code>{'{ "Authorization": "Bearer …" }'}</code> under Headers, with an API key of your tenant.
          </p>
        )}
        {runButton}
      </div>
    );
  }
  if (read.kind === 'unreadable') {
    return (
      <div className="inheritance-empty" role="alert">
        <p>The response is no JSON, so there is nothing to draw. If the query was refused, the response says why.</p>
        {runButton}
      </div>
    );
  }
  return (
    <div className="inheritance-empty">
      <p>The response holds no profiles. This draws them from any of these:</p>
      <ul>
        <li>
          <code>inheritsFrom</code> and <code>inheritedBy</code> of profiles
        </li>
        <li>
          <code>ancestors</code>, <code>descendants</code>, <code>inheritancePath</code>
        </li>
        <li>
          <code>effectiveEntitlements</code> with <code>paths</code>
        </li>
        <li>
          <code>inheritanceGraph</code>, or the preview of a dry run
        </li>
      </ul>
      {exampleButton}
    </div>
  );
}
