/** A live client that does what docs/subscriptions.md tells clients, and notes where that was not enough. */
export interface Watcher {
  /** Events received, and gaps said. */
  readonly count: { events: number; gaps: number };
  /** What went wrong so far, and what it does not know although nobody told it. */
  violations(): Promise<readonly string[]>;
  stop(): void;
}
