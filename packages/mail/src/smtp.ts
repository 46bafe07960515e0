import { createTransport } from 'nodemailer';

import { type MailAnswer, type SendMail, TryLaterError } from './mail.ts';

/** A silent server must not hold up the mails behind it. */
const TIMEOUTS = { connectionTimeout: 5_000, greetingTimeout: 5_000, socketTimeout: 10_000, dnsTimeout: 5_000 };
const PERMANENT = 500;
const THIS_MACHINE = /^(localhost|127\.0\.0\.1|\[::1\])$/;
/** RFC 3463: the status of an answer, in which 5.1 is about an address; 5.1.7 and 5.1.8 are about the sender's. */
const STATUS = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/;
const NO_MAILBOX = /^5\.1\.(?![78]$)/;
/** The same from servers that give no status (RFC 5321). */
const NO_MAILBOX_CODES: readonly number[] = [550, 551, 553];

export interface SmtpOptions {
  /** `smtp:` or `smtps:`, with user and password where the server wants them. */
  readonly url: string;
  readonly from: string;
  /** Connections that are kept open for many mails; none by default. */
  readonly connections?: number;
}

export interface Smtp {
  readonly send: SendMail;
  close(): void;
}

/**
 * Sends by SMTP. Without `requireTLS`, whoever is between us and a server could hide that it offers TLS, and read the codes
 * in the mails.
 */
export function openSmtp({ url, from, connections = 0 }: SmtpOptions): Smtp {
  const { hostname } = new URL(url);
  const pool = connections > 0 ? ({ pool: true, maxConnections: connections, maxMessages: Infinity } as const) : {};
  const transport = createTransport({ url, requireTLS: !THIS_MACHINE.test(hostname), ...TIMEOUTS, ...pool });
  return {
    close: () => transport.close(),
    send: async ({ id, to, headers = {}, ...message }) => {
      const automatic = { 'Auto-Submitted': 'auto-generated', ...headers };
      try {
        await transport.sendMail({
          from,
          to: { name: '', address: to },
          ...message,
          headers: automatic,
          messageId: `<${id}@${hostname}>`,
        });
        return 'sent';
      } catch (error) {
        const refusal = refusalOf(error);
        if (refusal) return refusal;
        throw isDeferral(error) ? new TryLaterError((error as Error).message, { cause: error }) : error;
      }
    },
  };
}

/** The server's last word on this mail: a 5xx to the recipient or the content. Null for a refusal of us, or no answer. */
function refusalOf(error: unknown): MailAnswer | null {
  const { responseCode = 0, response = '', command = '' } = error as Partial<Refusal>;
  if (responseCode < PERMANENT) return null;
  if (command === 'RCPT TO') return isNoMailbox(responseCode, response) ? 'bounced' : 'refused';
  return command === 'DATA' ? 'refused' : null;
}

/** A full mailbox, or one that does not like us, exists. */
function isNoMailbox(responseCode: number, response: string): boolean {
  const status = STATUS.exec(response)?.[1];
  return status === undefined ? NO_MAILBOX_CODES.includes(responseCode) : NO_MAILBOX.test(status);
}

/** Whether a server that takes mail does not take this one yet. */
function isDeferral(error: unknown): boolean {
  const { responseCode = 0, command = '' } = error as Partial<Refusal>;
  return responseCode > 0 && responseCode < PERMANENT && (command === 'RCPT TO' || command === 'DATA');
}

interface Refusal {
  readonly responseCode: number;
  readonly response: string;
  readonly command: string;
}
