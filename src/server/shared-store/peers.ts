/** Other processes of this gateway, which write to the same API. */
export interface Peers {
  /** Whether their writes are heard of. */
  readonly isListening: boolean;
  /** Tells them of a write, right before it or right after it; as soon as that can be done if not now. Never rejects. */
  announceWrite(): Promise<void>;
}

/** Peers that are reached in several ways, as one: all have to be heard, and all are told. */
export function allPeers(ways: readonly Peers[]): Peers | null {
  if (ways.length === 0) return null;
  return {
    get isListening() {
      return ways.every((way) => way.isListening);
    },
    async announceWrite() {
      await Promise.all(ways.map((way) => way.announceWrite()));
    },
  };
}
