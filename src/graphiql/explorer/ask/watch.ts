import { isRecord } from '../../json.ts';
import { subscribe } from '../../subscribe.ts';

export const watchDocument = 'subscription ExplorerChanges { accessProfileChanges { profileId } }';

/**
 * Calls back when some profile has changed, once, and then ends. Where the subscription fails nobody is told, because a view that
 * can't be watched is no worse than one that was read a moment ago.
 */
export async function watchChanges(
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
