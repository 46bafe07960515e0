import type { FastifyInstance } from 'fastify';

import { type RawWebhook, WebhookRejectedError } from '../domain/payment-provider.ts';

export interface WebhookRoutesDeps {
  /** Names the provider in the path. */
  readonly provider: string;
  receive(webhook: RawWebhook): Promise<void>;
  /** Called after each webhook that was taken in. */
  readonly onReceived: () => void;
  readonly log: { warn(fields: Readonly<Record<string, unknown>>, message: string): void };
}

const LARGEST_BODY = 256 * 1024;

/**
 * Mounts `POST /webhooks/payments/<provider>`: 200 once the webhook is taken in, 400 when it is not the provider's. Any
 * other failure makes the provider send it again.
 */
export function webhookRoutes(app: FastifyInstance, deps: WebhookRoutesDeps): void {
  // In a scope of its own: the signature is over the body's text, which no other parser may have touched.
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      '*',
      { parseAs: 'string', bodyLimit: LARGEST_BODY },
      async (_: unknown, body: unknown) => body,
    );
    scope.post(`/webhooks/payments/${deps.provider}`, async (request, reply) => {
      try {
        await deps.receive({ headers: request.headers, body: typeof request.body === 'string' ? request.body : '' });
      } catch (error) {
        if (!(error instanceof WebhookRejectedError)) throw error;
        deps.log.warn({ reason: error.message, provider: deps.provider }, 'a webhook was rejected');
        return reply.code(400).send({ error: error.message });
      }
      deps.onReceived();
      return reply.code(200).send({ received: true });
    });
  });
}
