import { endpoint } from '../../fetcher.ts';

export const watchDocument = 'subscription ExplorerChanges { accessProfileChanges { profileId } }';

/**
 * Calls back when some profile has changed, once, and then ends. Follows the gateway's subscription by server-sent events; where that
 * fails nobody is told, because a view that can't be watched is no worse than one that was read a moment ago.
 */
export async function watchChanges(
  readHeaders: () => Readonly<Record<string, string>>,
  signal: AbortSignal,
  onChange: () => void,
): Promise<void> {
  try {
    const response = await fetch(endpoint(), {
      method: 'POST',
      headers: { accept: 'text/event-stream', 'content-type': 'application/json', ...readHeaders() },
      body: JSON.stringify({ query: watchDocument }),
      signal,
    });
    if (!response.ok || response.body === null) return;
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let received = '';
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      received += part.value;
      if (!hasChange(received)) continue;
      await reader.cancel();
      onChange();
      return;
    }
  } catch {
    // Aborted, or out of reach: see above.
  }
}

/** Whether a complete event that holds a change has arrived. */
export function hasChange(received: string): boolean {
  return received
    .split(/\r?\n\r?\n/)
    .slice(0, -1)
    .some((event) => /^data: ?.*"accessProfileChanges":\s*\{/m.test(event));
}
