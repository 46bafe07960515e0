import { buildSandboxMail, type ReceivedMail } from '@marquee/sandbox-mail';

import { eventually } from './eventually.ts';

/** A mail server for tests, and what it got. */
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
