import { isRecord, records, text } from '../../json.ts';
import { subscribe } from '../../subscribe.ts';
import type { Ask } from './ask.ts';

export const watchDocument = 'subscription ExplorerChanges { accessProfileChanges { profileId } }';

/**
 * Calls back when some profile has changed, once, and then ends. Where the subscription fails nobody is told, because a view that
 * can't be watched is no worse than one that was read a moment ago.
 */
export async function watchTenant(
  readHeaders: () => Readonly<Record<string, string>>,
  signal: AbortSignal,
  onChange: () => void,
): Promise<void> {
  try {
    const events = subscribe({ query: watchDocument }, readHeaders());
    signal.addEventListener('abort', () => void events.return?.());
    for await (const { data } of events) {
      if (!isRecord(data) || !isRecord(data['accessProfileChanges'])) continue;
      onChange();
      return;
    }
  } catch {
    // Out of reach: see above.
  }
}

const viewDocument = `query ExplorerOnView($ids: [ID!]!) {
  nodes(ids: $ids) { ... on AccessProfile { profileId name state labels updatedAt inheritsFrom { profileId } } }
}`;

const mostWatched = 100;
const leastWait = 30_000;
/** Looking takes one call where the API finds profiles by id, and a scan elsewhere: the wait is so many times as long. */
const waitFactor = 200;

/**
 * The same for tenants that are too large to be scanned because a page is open: looks at the profiles on view now and then, and compares
 * them with what they were.
 */
export async function watchOnView(
  askUntil: (signal: AbortSignal) => Ask,
  idsOnView: () => readonly string[],
  signal: AbortSignal,
  onChange: () => void,
): Promise<void> {
  const known = new Map<string, string>();
  while (!signal.aborted) {
    const began = performance.now();
    const ids = idsOnView().slice(0, mostWatched);
    if (ids.length > 0 && (await hasChanged(askUntil, ids, known, signal))) {
      if (!signal.aborted) onChange();
      return;
    }
    const wait = Math.max(leastWait, waitFactor * (performance.now() - began));
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, wait);
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

/** Whether a profile is no longer what is known of it; adds what is not known yet. A look that fails shows no change. */
async function hasChanged(
  askUntil: (signal: AbortSignal) => Ask,
  ids: readonly string[],
  known: Map<string, string>,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const { data, errorAt } = await askUntil(signal)(viewDocument, { ids: ids.map((id) => `AccessProfile:${id}`) });
    if (errorAt('nodes') !== undefined) return false;
    const found = new Map(records(data['nodes']).map((node) => [text(node['profileId']), JSON.stringify(node)]));
    const now = new Map(ids.map((id) => [id, found.get(id) ?? 'not there']));
    const isOther = ids.some((id) => known.has(id) && known.get(id) !== now.get(id));
    for (const [id, text] of now) known.set(id, text);
    return isOther;
  } catch {
    return false;
  }
}
