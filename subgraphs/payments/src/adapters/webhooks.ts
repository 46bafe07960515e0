import type { FastifyInstance } from 'fastify';

import { type RawWebhook, WebhookRejectedError } from '../domain/payment-provider.ts';

export interface WebhookRoutesDeps {
  /** The provider's name, used in the path. */
  readonly provider: string;
  receive(webhook: RawWebhook): Promise<void>;
  /** Called after each webhook that was received. */
  readonly onReceived: () => void;
  readonly log: { warn(fields: Readonly<Record<string, unknown>>, message: string): void };
}

const MAX_BODY_BYTES = 256 * 1024;

/**
 * Mounts `POST /webhooks/payments/<provider>`. It answers 200 for a received webhook and 400 for a rejected one; any other
 * failure answers 500, which makes the provider send the webhook again.
 */
export function webhookRoutes(app: FastifyInstance, deps: WebhookRoutesDeps): void {
  // A scope of its own, because the signature covers the body before any parser has changed it.
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      '*',
      { parseAs: 'string', bodyLimit: MAX_BODY_BYTES },
      async (_: unknown, body: unknown) => body,
    );
    scope.post(`/webhooks/payments/${deps.provider}`, async (request, reply) => {
      try {
        await deps.receive({ headers: request.headers, body: typeof request.body === 'string' ? request.body : '' });
      } catch (error) {
        if (!(error instanceof WebhookRejectedError)) throw error;
        deps.log.warn({ reason: error.message, provider: deps.provider }, 'webhook rejected');
        return reply.code(400).send({ error: error.message });
      }
      deps.onReceived();
      return reply.code(200).send({ received: true });
    });
  });
}
