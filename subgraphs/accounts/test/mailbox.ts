import { buildSandboxMail, type ReceivedMail } from '@marquee/sandbox-mail';
import { eventually } from '@marquee/testkit';
import { randomBytes } from 'node:crypto';

import { type AccountsHarness, openAccounts } from './harness.ts';

export interface Mailbox {
  readonly smtpUrl: string;
  /** The mails of an address, oldest first, once there are as many. */
  mailsTo(address: string, count?: number): Promise<ReceivedMail[]>;
  stop(): Promise<void>;
}

/** A mail server of its own. @param smtpPort any by default */
export async function openMailbox(smtpPort = 0): Promise<Mailbox> {
  const failures: unknown[] = [];
  const server = buildSandboxMail({ log: { error: (fields) => void failures.push(fields) } });
  const { smtpUrl, url } = await server.listen({ smtpPort });
  const list = async (address: string) => {
    const response = await fetch(new URL(`/mails.json?to=${encodeURIComponent(address)}`, url));
    return ((await response.json()) as ReceivedMail[]).toReversed();
  };
  return {
    smtpUrl,
    mailsTo: (address, count = 1) =>
      eventually(async () => {
        const mails = await list(address);
        if (mails.length < count) throw new Error(`${address} has ${mails.length} mails, not ${count}`);
        return mails;
      }),
    stop: () => server.stop(),
  };
}

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
