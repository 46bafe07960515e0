import type { SqlTransaction } from '@marquee/database';

import {
  MAX_MAIL_ATTEMPTS,
  type MailLane,
  type MailMessage,
  type MailOutcome,
  type OutgoingMail,
  type SendMail,
  type TriedMail,
  TryLaterError,
} from './mail.ts';
import type { MailQueue } from './mail-queue.ts';

const MAX_BATCHES = 50;

export interface SendDueMailsDeps {
  readonly mailQueue: Pick<MailQueue, 'claim' | 'settle'>;
  /** The mail as it is sent; null when nobody is there to get it any more. @throws when that is not known yet */
  readonly compose: (mail: OutgoingMail) => Promise<MailMessage | null>;
  readonly sendMail: SendMail;
  readonly onMail: (outcome: MailOutcome, error?: unknown) => void;
  /** Keeps what became of mails, in the transaction that removes them. */
  readonly record?: (tried: readonly TriedMail[], tx: SqlTransaction) => Promise<void>;
}

/**
 * Sends a lane's mails that are due, at least once each. The first is sent alone: while the mail server is away, one try at
 * each run is enough. A mail that fails holds up no other.
 */
export async function sendDueMails(deps: SendDueMailsDeps, lane: MailLane, batchSize = 10): Promise<void> {
  const { mailQueue, record } = deps;
  for (let batch = 0; batch < MAX_BATCHES; batch += 1) {
    const limit = batch === 0 ? 1 : batchSize;
    const mails = await mailQueue.claim(lane, limit);
    if (mails.length === 0) return;
    const tried = await Promise.all(mails.map((mail) => tryOne(deps, mail)));
    await mailQueue.settle(tried, record && ((tx) => record(tried, tx)));
    if (mails.length < limit || tried.every(({ isReached }) => !isReached)) return;
  }
}

/** @returns with whether those who take mails answered, be it that they take this one later */
async function tryOne(
  { compose, sendMail, onMail }: SendDueMailsDeps,
  mail: OutgoingMail,
): Promise<TriedMail & { readonly isReached: boolean }> {
  let message: MailMessage | null = null;
  try {
    message = await compose(mail);
    const outcome = message === null ? 'needless' : await sendMail(message);
    onMail(outcome);
    return { mail, outcome, message, isReached: true };
  } catch (error) {
    const outcome = mail.attempts >= MAX_MAIL_ATTEMPTS ? 'abandoned' : 'failed';
    onMail(outcome, error);
    return { mail, outcome, message, isReached: error instanceof TryLaterError };
  }
}
