import type { TriedMail } from '@marquee/mail';

import type { Notice } from '../domain/notification.ts';
import type { HashAddress, MailReport, SuppressionReason } from '../domain/suppression.ts';

interface Mailed {
  readonly mailId: string;
  readonly userId: string;
  readonly address: Uint8Array;
}

/** The state of addresses, within a transaction. */
export interface SuppressDeps {
  readonly mailAddresses: {
    addSent(mails: readonly Mailed[]): Promise<void>;
    findSent(mailId: string): Promise<Mailed | null>;
    suppress(mailed: Mailed, reason: SuppressionReason): Promise<boolean>;
  };
  readonly notify: (notices: readonly Notice[]) => Promise<void>;
}

/** Remembers where mails went, and stops mail to addresses that the mail server does not have. */
export async function recordMails(deps: SuppressDeps, tried: readonly TriedMail[], hash: HashAddress): Promise<void> {
  const of = (outcome: TriedMail['outcome']): Mailed[] =>
    tried.flatMap(({ mail: { id, userId }, outcome: own, message }) =>
      own === outcome && userId !== null && message ? [{ mailId: id, userId, address: hash(message.to) }] : [],
    );
  const sent = of('sent');
  if (sent.length > 0) await deps.mailAddresses.addSent(sent);
  for (const mailed of of('bounced')) await suppress(deps, mailed, 'BOUNCED');
}

/** Stops mail to the address of a mail that bounced later, or that its reader called spam. Of unknown mails nothing. */
export async function handleMailReport(deps: SuppressDeps, { mailId, reason }: MailReport): Promise<void> {
  const mailed = await deps.mailAddresses.findSent(mailId);
  if (mailed) await suppress(deps, mailed, reason);
}

/** The person is told in the app, once for each address. Who called it spam knows. */
async function suppress(deps: SuppressDeps, mailed: Mailed, reason: SuppressionReason): Promise<void> {
  const isNew = await deps.mailAddresses.suppress(mailed, reason);
  if (!isNew || reason === 'COMPLAINED') return;
  const { userId } = mailed;
  const message = { key: 'mailBounced', values: {} } as const;
  await deps.notify([{ userId, kind: 'ACCOUNT', bookingId: null, message, never: ['EMAIL'] }]);
}
