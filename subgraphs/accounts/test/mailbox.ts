export { type Mailbox, openMailbox } from '@marquee/testkit/mailbox';
import type { ReceivedMail } from '@marquee/sandbox-mail';
import { type Mailbox, openMailbox } from '@marquee/testkit/mailbox';
import { randomBytes } from 'node:crypto';

import { type AccountsHarness, openAccounts } from './harness.ts';

/** The subgraph with its jobs running, and the mailbox that it sends to. */
export async function openAccountsWithMail(): Promise<AccountsHarness & { readonly mailbox: Mailbox }> {
  const mailbox = await openMailbox();
  const harness = await openAccounts({ settings: mailSettings(mailbox.smtpUrl) });
  await harness.subgraph.start();
  return { ...harness, mailbox };
}

/** Settings of a process that looks for due mails all the time. */
export function mailSettings(mailUrl: string): Record<string, unknown> {
  return { encryptionKey: randomBytes(32).toString('base64url'), mailUrl, mailIntervalMs: 20 };
}

/** The code in a mail. */
export function tokenIn({ text }: ReceivedMail): string {
  const token = /\b(verify|reset|invite)_[\w-]{43}\b/.exec(text)?.[0];
  if (token === undefined) throw new Error(`There is no code in the mail: ${text}`);
  return token;
}
