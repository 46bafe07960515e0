/** A live client that does what docs/subscriptions.md tells clients, and notes where that was not enough. */
export interface Watcher {
  /** Events received, and gaps that it was told of. */
  readonly count: { events: number; gaps: number };
  /** Wrong events so far, and changes that it missed without being told of a gap. */
  violations(): Promise<readonly string[]>;
  stop(): void;
}
