import type { SqlDatabase } from '@marquee/database';

import { type DeadLetter, recordFailedReplay, dueReplays } from './dead-letters.ts';
import { pollTimer } from './poll-timer.ts';
import { messageOf, suppressRepeats, type Report } from './problem.ts';
import { HandlerUnavailableError } from './retry.ts';

const POLL_MS = 2_000;
const BATCH = 50;

export interface ReplaysOptions {
  readonly consumer: string;
  readonly types: readonly string[];
  readonly client: SqlDatabase;
  readonly report: Report;
  /** Handles the event and takes the dead letter away, in one transaction. */
  handle(letter: DeadLetter): Promise<void>;
}

/** Replays a consumer's dead letters, on request and each hour: one is tried once, and stays when that fails. */
export class Replays {
  private readonly options: ReplaysOptions;
  private readonly timer = pollTimer();
  private readonly failures: ReturnType<typeof suppressRepeats>;
  private stopping = false;
  private running: Promise<void> | null = null;

  constructor(options: ReplaysOptions) {
    this.options = options;
    const { consumer, report } = options;
    this.failures = suppressRepeats((error) => report({ kind: 'delivery-failed', consumer, error }));
  }

  start(): void {
    if (!this.stopping) this.running ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.timer.wake();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      try {
        await this.replayDue();
        this.failures.recovered();
      } catch (error) {
        this.failures.failed(error);
      }
      if (!this.stopping) await this.timer.wait(POLL_MS);
    }
  }

  private async replayDue(): Promise<void> {
    const { client, consumer, types } = this.options;
    for (const letter of await dueReplays(client, consumer, types, BATCH)) {
      if (this.stopping) return;
      await this.replay(letter);
    }
  }

  private async replay(letter: DeadLetter): Promise<void> {
    const { client, consumer, report, handle } = this.options;
    try {
      await handle(letter);
    } catch (error) {
      if (error instanceof HandlerUnavailableError) throw error;
      await recordFailedReplay(client, consumer, { id: letter.id, error: messageOf(error) });
      const { id: eventId, type: eventType, attempts } = letter;
      report({ kind: 'event-dead', consumer, eventType, eventId, attempt: attempts + 1, error });
    }
  }
}
