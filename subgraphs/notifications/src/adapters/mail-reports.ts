import { networkOf } from '@marquee/identity';
import type { RecordSecurityEvent } from '@marquee/telemetry';
import type { FastifyInstance } from 'fastify';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';

import type { MailReport } from '../domain/suppression.ts';

const MAX_BODY_BYTES = 256 * 1024;
/** Where the mail provider reports what became of mails. */
export const MAIL_REPORTS_PATH = '/webhooks/notifications/mail';

const report = z.object({
  type: z.string(),
  data: z.object({
    message_id: z.string().optional(),
    bounce: z.object({ type: z.string() }).optional(),
  }),
});

export interface MailReportRoutesDeps {
  /** Signs the reports; none when no provider reports. */
  readonly mailWebhookSecret: string | undefined;
  readonly securityEvent: RecordSecurityEvent;
}

/**
 * Mounts the webhook of mail providers, signed as Standard Webhooks say. It answers 200 for a report that was handled or
 * does not matter, and 400 for a rejected one; any other failure answers 500, which makes the provider send it again.
 */
export function mailReportRoutes(
  app: FastifyInstance,
  { mailWebhookSecret, securityEvent }: MailReportRoutesDeps,
  handle: (report: MailReport) => Promise<void>,
): void {
  if (mailWebhookSecret === undefined) return;
  const webhook = new Webhook(mailWebhookSecret);
  // A scope of its own, because the signature covers the body before any parser has changed it.
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      '*',
      { parseAs: 'string', bodyLimit: MAX_BODY_BYTES },
      async (_: unknown, body: unknown) => body,
    );
    scope.post(MAIL_REPORTS_PATH, async (request, reply) => {
      const body = typeof request.body === 'string' ? request.body : '';
      const verified = verify(webhook, body, request.headers);
      if (verified === null) {
        securityEvent('webhook-rejected', { address: networkOf(request.ip), detail: 'mail' });
        return reply.code(400).send({ error: 'The signature or the body is not valid.' });
      }
      const found = mailReportOf(verified);
      if (found) await handle(found);
      return reply.code(200).send({ received: true });
    });
  });
}

function verify(webhook: Webhook, body: string, headers: object): z.output<typeof report> | null {
  try {
    return report.parse(webhook.verify(body, headers as Record<string, string>));
  } catch {
    return null;
  }
}

/** The meaning of a report for the address; null for one that means nothing, such as a delay. */
export function mailReportOf({ type, data }: z.output<typeof report>): MailReport | null {
  const mailId = /^<?([\w-]+)@/.exec(data.message_id ?? '')?.[1];
  if (mailId === undefined) return null;
  if (type === 'email.complained') return { mailId, reason: 'COMPLAINED' };
  return type === 'email.bounced' && data.bounce?.type === 'Permanent' ? { mailId, reason: 'BOUNCED' } : null;
}
