/** Other processes of this gateway, which write to the same API. */
export interface WriteNews {
  /** Whether their writes are heard of. */
  readonly isListening: boolean;
  /** Tells them of a write, right before it or right after it; as soon as that can be done if not now. Never rejects. */
  announceWrite(): Promise<void>;
}
