import { counterIn, type Instruments, type Log, observe } from '@marquee/telemetry';

import type { MailOutcome } from './mail.ts';
import type { MailQueue } from './mail-queue.ts';

/**
 * Exports how many mails of a sender wait and for how long.
 *
 * @returns what records each outcome, and logs a failure
 */
export function observeMails(sender: string, queue: Pick<MailQueue, 'waiting'>, { metrics }: Instruments, log: Log) {
  const labels = { sender };
  const outcomes =
    metrics &&
    counterIn(metrics, {
      name: 'marquee_mails_total',
      help: 'Tries to send a mail',
      labelNames: ['sender', 'outcome'],
    });
  if (metrics) {
    const read = async () => (await queue.waiting()).mails;
    observe(metrics, { name: 'marquee_mails_waiting', help: 'Mails that are not sent yet', labels, read });
    observe(metrics, {
      ...{ name: 'marquee_mails_lag_seconds', help: 'Age of the oldest mail that is not sent yet', labels },
      read: async () => (await queue.waiting()).oldestSeconds,
    });
  }
  return (outcome: MailOutcome, error?: unknown): void => {
    outcomes?.inc({ sender, outcome });
    if (error !== undefined) log.warn({ err: summaryOf(error), outcome }, 'a mail could not be sent');
  };
}

/** An answer of a mail server repeats the recipient's address, which does not belong into a log. */
function summaryOf(error: unknown) {
  const { name, code, responseCode, command } = error as Record<string, unknown>;
  return { name, code, responseCode, command };
}
