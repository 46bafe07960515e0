import type { RawWebhook } from '../domain/payment-provider.ts';
import { handleWebhook, type HandleWebhookDeps } from './handle-webhook.ts';

/**
 * Receives a webhook: stores it, then handles it. Once it is stored, it is handled however the first attempt ends.
 *
 * @throws {WebhookRejectedError} when it is forged, stale or malformed
 */
export async function receiveWebhook(deps: HandleWebhookDeps, webhook: RawWebhook): Promise<void> {
  const event = deps.provider.verifyWebhook(webhook, deps.now());
  if (await deps.inbox.store(event, deps.now())) await handleWebhook(deps, event);
}
