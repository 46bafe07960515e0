import { counterIn, type Instruments, type Log, observe } from '@marquee/telemetry';

import type { MailOutcome } from '../domain/mail.ts';
import type { OutgoingMailRepository } from './outgoing-mails.ts';

/** Exports how many mails wait and for how long. @returns what records each outcome, and logs a failure */
export function observeMails(mails: OutgoingMailRepository, { metrics }: Instruments, log: Log) {
  const outcomes =
    metrics &&
    counterIn(metrics, { name: 'marquee_mails_total', help: 'Tries to send a mail', labelNames: ['outcome'] });
  if (metrics) {
    const read = async () => (await mails.waiting()).mails;
    observe(metrics, { name: 'marquee_mails_waiting', help: 'Mails that are not sent yet', read });
    observe(metrics, {
      name: 'marquee_mails_lag_seconds',
      help: 'Age of the oldest mail that is not sent yet',
      read: async () => (await mails.waiting()).oldestSeconds,
    });
  }
  return (outcome: MailOutcome, error?: unknown): void => {
    outcomes?.inc({ outcome });
    if (error !== undefined) log.warn({ err: summaryOf(error), outcome }, 'a mail could not be sent');
  };
}

/** An answer of a mail server repeats the recipient's address, which does not belong into a log. */
function summaryOf(error: unknown) {
  const { name, code, responseCode, command } = error as Record<string, unknown>;
  return { name, code, responseCode, command };
}
