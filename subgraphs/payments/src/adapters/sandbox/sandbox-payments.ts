import type { z } from 'zod';

import {
  ProviderRefusedError,
  type PaymentProvider,
  type ProviderCharge,
  type ProviderEvent,
  ProviderUnavailableError,
  type TimeWindow,
  WebhookRejectedError,
} from '../../domain/payment-provider.ts';
import { providerHttp, type ProviderHttp, type ProviderResponse, type ResilienceOptions } from '../provider-http.ts';
import {
  charge,
  chargeList,
  paymentMethod,
  payout,
  payoutList,
  refund,
  refundList,
  refusal,
  webhook,
} from './messages.ts';
import { assertSignature } from './webhook-signature.ts';

/** Address and credentials of the sandbox provider. */
export interface SandboxPaymentsOptions extends ResilienceOptions {
  /** Timeout of what no customer waits for, in milliseconds; 20,000 by default. */
  readonly backgroundTimeoutMs?: number;
  readonly providerUrl: string;
  readonly providerApiKey: string;
  /** Key of its webhook signatures. */
  readonly providerWebhookSecret: string;
}

/** The payment provider for development and tests. */
export function sandboxPayments(options: SandboxPaymentsOptions): PaymentProvider {
  const { providerUrl: baseUrl, providerApiKey: apiKey, providerWebhookSecret: webhookSecret } = options;
  const http = providerHttp({ ...options, baseUrl, apiKey });
  const { backgroundTimeoutMs: timeoutMs = 20_000 } = options;
  // With a circuit of its own: a provider too slow for customers still tells the jobs how each charge ended.
  const background = providerHttp({ baseUrl, apiKey, timeoutMs, attempts: 1 });
  const segment = encodeURIComponent;
  return {
    name: 'sandbox',

    storeCard: async (token) => {
      const response = await http.send({ method: 'POST', path: '/v1/payment_methods', body: { token } });
      if (response.status === 402) throw new ProviderRefusedError(codeOf(response));
      return parse(paymentMethod, response);
    },

    removeCard: async (id) => {
      const response = await background.send({ method: 'DELETE', path: `/v1/payment_methods/${segment(id)}` });
      if (response.status !== 404) assertAccepted(response);
    },

    charge: async ({ paymentId, amount: { amount, currency }, source, returnUrl, deadline, usage }) => {
      const metadata = { deadline: deadline.toISOString() };
      const body = {
        amount,
        currency,
        source,
        reference: paymentId,
        metadata,
        ...(returnUrl !== null && { returnUrl }),
        ...(usage === 'OFF_SESSION' && { offSession: true }),
      };
      return parse(charge, await http.send({ method: 'POST', path: '/v1/charges', body, idempotencyKey: paymentId }));
    },

    findCharge: async (paymentId) => {
      const response = await background.send({ method: 'GET', path: `/v1/charges?reference=${segment(paymentId)}` });
      return parse(chargeList, response).data[0] ?? null;
    },

    cancelCharge: async (chargeId): Promise<ProviderCharge> =>
      parse(charge, await http.send({ method: 'POST', path: `/v1/charges/${segment(chargeId)}/cancel` })),

    refund: async ({ refundId, chargeId, amount: { amount } }) => {
      const path = `/v1/charges/${segment(chargeId)}/refunds`;
      const body = { amount, reference: refundId };
      const response = await background.send({ method: 'POST', path, body, idempotencyKey: refundId });
      if (response.status === 404 || response.status === 422) throw new ProviderRefusedError(codeOf(response));
      return parse(refund, response);
    },

    findRefund: async ({ refundId }) => {
      const response = await background.send({ method: 'GET', path: `/v1/refunds?reference=${segment(refundId)}` });
      return parse(refundList, response).data[0] ?? null;
    },

    charges: (window) => pages(background, '/v1/charges', chargeList, window),
    refunds: (window) => pages(background, '/v1/refunds', refundList, window),

    payOut: async ({ payoutId, organisationId, amount: { amount, currency } }) => {
      const body = { amount, currency, reference: payoutId, destination: organisationId };
      const request = { method: 'POST', path: '/v1/payouts', body, idempotencyKey: payoutId } as const;
      const response = await background.send(request);
      if (response.status === 422) throw new ProviderRefusedError(codeOf(response));
      return parse(payout, response);
    },
    payouts: (window) => pages(background, '/v1/payouts', payoutList, window),
    verifyWebhook: (raw, now) => {
      assertSignature(raw, webhookSecret, now);
      return readEvent(parseObject(raw.body));
    },

    readEvent,

    close: () => {
      http.close();
      background.close();
    },
  };
}

/** The pages of a list, until the provider says that there is no other. */
async function* pages<T extends { readonly id: string }>(
  http: ProviderHttp,
  path: string,
  list: z.ZodType<{ data: T[]; hasMore: boolean }>,
  { from, to }: TimeWindow,
): AsyncIterable<readonly T[]> {
  const query = new URLSearchParams({ createdFrom: from.toISOString(), createdTo: to.toISOString() });
  for (;;) {
    const { data, hasMore } = parse(list, await http.send({ method: 'GET', path: `${path}?${query.toString()}` }));
    if (data.length > 0) yield data;
    const last = data.at(-1);
    if (!hasMore || !last) return;
    query.set('after', last.id);
  }
}

/** @throws {ProviderUnavailableError} when the provider answers with a failure */
function assertAccepted({ status }: ProviderResponse): void {
  if (status >= 300)
    throw new ProviderUnavailableError(`The payment provider answered HTTP ${status}`, { outcomeUnknown: false });
}

/** A response that cannot be parsed may still mean that the request took effect. */
function parse<T>(schema: z.ZodType<T>, { status, body }: ProviderResponse): T {
  const parsed = schema.safeParse(body);
  if (status < 300 && parsed.success) return parsed.data;
  const outcomeUnknown = status < 300 || status === 409;
  throw new ProviderUnavailableError(`The payment provider answered HTTP ${status}`, {
    outcomeUnknown,
    cause: parsed.error,
  });
}

function codeOf({ body }: ProviderResponse): string | null {
  return refusal.safeParse(body).data?.error.code ?? null;
}

function readEvent(payload: object): ProviderEvent {
  const { success, data } = webhook.safeParse(payload);
  if (!success) throw new WebhookRejectedError('The webhook is malformed');
  const { id, type } = data;
  if (data.data.charge) return { id, type, payload, charge: data.data.charge };
  if (data.data.refund) return { id, type, payload, refund: data.data.refund };
  if (data.data.payout) return { id, type, payload, payout: data.data.payout };
  if (data.data.dispute) return { id, type, payload, dispute: data.data.dispute };
  return { id, type, payload, unknown: true };
}

function parseObject(body: string): object {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Not JSON: rejected below like any other body that is no object.
  }
  throw new WebhookRejectedError('The webhook is not JSON');
}
