import type { SqlTransaction } from '@marquee/database';
import { workOff } from '@marquee/subgraph/due-work';

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

/** Mails that are sent at once, unless a sender says otherwise. */
const AT_ONCE = 10;

export interface SendDueMailsDeps {
  readonly mailQueue: Pick<MailQueue, 'claim' | 'settle'>;
  /** The mail as it is sent; null when nobody is there to get it any more. @throws when that is not known yet */
  readonly compose: (mail: OutgoingMail) => Promise<MailMessage | null>;
  readonly sendMail: SendMail;
  readonly onMail: (outcome: MailOutcome, error?: unknown) => void;
  /** Keeps what became of mails, in the transaction that removes them. */
  readonly record?: (tried: readonly TriedMail[], tx: SqlTransaction) => Promise<void>;
}

/** A mail with whether those who take mails answered, be it that they take this one later. */
type Tried = TriedMail & { readonly isReached: boolean };

/**
 * Sends a lane's mails that are due, at least once each. The first is sent alone: while the mail server is away, one try at
 * each run is enough. A mail that fails or takes long holds up no other.
 */
export async function sendDueMails(deps: SendDueMailsDeps, lane: MailLane, atOnce = AT_ONCE): Promise<void> {
  const { mailQueue, record } = deps;
  const settle = async (tried: readonly Tried[]) => {
    await mailQueue.settle(tried, record && ((tx) => record(tried, tx)));
    return tried.some(({ isReached }) => isReached);
  };
  const [first] = await mailQueue.claim(lane, 1);
  if (!first || !(await settle([await tryOne(deps, first)]))) return;
  await workOff({
    ...{ atOnce, step: Math.ceil(atOnce / 2), settle },
    claim: (limit) => mailQueue.claim(lane, limit),
    work: (mail) => tryOne(deps, mail),
  });
}

async function tryOne({ compose, sendMail, onMail }: SendDueMailsDeps, mail: OutgoingMail): Promise<Tried> {
  let message: MailMessage | null = null;
  try {
    if (mail.unreadable) throw new TryLaterError(mail.unreadable.message, { cause: mail.unreadable });
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
