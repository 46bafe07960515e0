import { createTransport } from 'nodemailer';

import type { MailAnswer, SendMail } from './mail.ts';

/** A silent server must not hold up the mails behind it. */
const TIMEOUTS = { connectionTimeout: 5_000, greetingTimeout: 5_000, socketTimeout: 10_000, dnsTimeout: 5_000 };
const PERMANENT = 500;
const THIS_MACHINE = /^(localhost|127\.0\.0\.1|\[::1\])$/;
/** RFC 3463: 5.7 is a policy of the server, not a fault of the mailbox. */
const POLICY = /^5\d\d[ -]5\.7\./;

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
    send: async ({ id, headers = {}, ...message }) => {
      const automatic = { 'Auto-Submitted': 'auto-generated', ...headers };
      try {
        await transport.sendMail({ from, ...message, headers: automatic, messageId: `<${id}@${hostname}>` });
        return 'sent';
      } catch (error) {
        const refusal = refusalOf(error);
        if (refusal) return refusal;
        throw error;
      }
    },
  };
}

/** The server's last word on this mail: a 5xx to the recipient or the content. Null for a refusal of us, or no answer. */
function refusalOf(error: unknown): MailAnswer | null {
  const { responseCode = 0, response = '', command = '' } = error as Partial<Refusal>;
  if (responseCode < PERMANENT) return null;
  if (command === 'RCPT TO') return POLICY.test(response) ? 'refused' : 'bounced';
  return command === 'DATA' ? 'refused' : null;
}

interface Refusal {
  readonly responseCode: number;
  readonly response: string;
  readonly command: string;
}
