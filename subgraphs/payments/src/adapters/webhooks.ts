import { networkOf } from '@marquee/identity';
import type { RecordSecurityEvent } from '@marquee/telemetry';
import type { FastifyInstance } from 'fastify';

import { type RawWebhook, WebhookRejectedError } from '../domain/payment-provider.ts';

export interface WebhookRoutesDeps {
  readonly provider: { readonly name: string };
  readonly securityEvent: RecordSecurityEvent;
}

const MAX_BODY_BYTES = 256 * 1024;

/**
 * Mounts `POST /webhooks/payments/<provider>`. It answers 200 for a received webhook and 400 for a rejected one; any other
 * failure answers 500, which makes the provider send the webhook again.
 */
export function webhookRoutes(
  app: FastifyInstance,
  { provider: { name: provider }, securityEvent }: WebhookRoutesDeps,
  receive: (webhook: RawWebhook) => Promise<void>,
): void {
  // A scope of its own, because the signature covers the body before any parser has changed it.
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      '*',
      { parseAs: 'string', bodyLimit: MAX_BODY_BYTES },
      async (_: unknown, body: unknown) => body,
    );
    scope.post(`/webhooks/payments/${provider}`, async (request, reply) => {
      try {
        await receive({ headers: request.headers, body: typeof request.body === 'string' ? request.body : '' });
      } catch (error) {
        if (!(error instanceof WebhookRejectedError)) throw error;
        securityEvent('webhook-rejected', { address: networkOf(request.ip), detail: `${provider}: ${error.message}` });
        return reply.code(400).send({ error: error.message });
      }
      return reply.code(200).send({ received: true });
    });
  });
}
