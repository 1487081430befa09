import { type ComponentType, type JSX, lazy, Suspense } from 'react';

/**
 * A part of the page that comes with a file of its own when it is first shown. Where the file does not arrive, a line says so: an error
 * would take the whole page away.
 */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): Later<Props> {
  const Part = lazy(
    (): Promise<{ default: ComponentType<Props> }> =>
      load().then(
        (part) => ({ default: part }),
        () => ({ default: NotThere }),
      ),
  );
  const later = (props: Props & JSX.IntrinsicAttributes) => (
    <Suspense fallback={<p className="page-loading">Loading…</p>}>
      <Part {...props} />
    </Suspense>
  );
  return Object.assign(later, { load: () => void load().catch(() => undefined) });
}

interface Later<Props> {
  (props: Props & JSX.IntrinsicAttributes): JSX.Element;
  /** Gets the file ahead. */
  readonly load: () => void;
}

function NotThere() {
  return (
    <p className="page-loading" role="alert">
      The gateway does not answer. Check that it is running, and load the page again.
    </p>
  );
}
