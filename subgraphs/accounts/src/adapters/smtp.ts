import { createTransport } from 'nodemailer';

import type { SendMail } from '../domain/mail.ts';

/** A silent server must not hold up the mails behind it. */
const TIMEOUTS = { connectionTimeout: 5_000, greetingTimeout: 5_000, socketTimeout: 10_000, dnsTimeout: 5_000 };
const PERMANENT = 500;
const THIS_MACHINE = /^(localhost|127\.0\.0\.1|\[::1\])$/;

export interface SmtpOptions {
  /** `smtp:` or `smtps:`, with user and password where the server wants them. */
  readonly url: string;
  readonly from: string;
}

/**
 * Sends by SMTP. Without `requireTLS`, whoever is between us and a server could hide that it offers TLS, and read the codes
 * in the mails.
 */
export function smtpSender({ url, from }: SmtpOptions): SendMail {
  const { hostname } = new URL(url);
  const transport = createTransport({ url, requireTLS: !THIS_MACHINE.test(hostname), ...TIMEOUTS });
  return async ({ id, to, subject, text }) => {
    try {
      await transport.sendMail({ from, to, subject, text, messageId: `<${id}@${hostname}>` });
      return true;
    } catch (error) {
      if (isRefused(error)) return false;
      throw error;
    }
  };
}

/** Whether the server refused this mail, rather than us: a 5xx to the recipient or the content. */
function isRefused(error: unknown): boolean {
  const { responseCode, command = '' } = error as { responseCode?: number; command?: string };
  return responseCode !== undefined && responseCode >= PERMANENT && /^(RCPT TO|DATA)$/.test(command);
}
