import type { z } from 'zod';

import {
  CardRefusedError,
  type PaymentProvider,
  type ProviderCharge,
  type ProviderEvent,
  ProviderUnavailableError,
  type RawWebhook,
  RefundRefusedError,
  WebhookRejectedError,
} from '../../domain/payment-provider.ts';
import { providerHttp, type ProviderAnswer, type ProviderPatience } from '../provider-http.ts';
import { charge, chargeList, paymentMethod, refund, refusal, webhook } from './messages.ts';
import { assertSigned } from './webhook-signature.ts';

/** How the sandbox provider is reached. */
export interface SandboxPaymentsOptions extends ProviderPatience {
  readonly baseUrl: string;
  readonly apiKey: string;
  /** The key of its webhooks' signatures. */
  readonly webhookSecret: string;
}

/** The payment provider of development and tests. */
export function sandboxPayments({ webhookSecret, ...options }: SandboxPaymentsOptions): PaymentProvider {
  const http = providerHttp(options);
  const segment = encodeURIComponent;
  return {
    name: 'sandbox',

    keepCard: async (token) => {
      const answer = await http.send({ method: 'POST', path: '/v1/payment_methods', body: { token } });
      if (answer.status === 402) throw new CardRefusedError(codeOf(answer));
      return read(paymentMethod, answer);
    },

    charge: async ({ paymentId, amount: { amount, currency }, source, deadline }) => {
      const metadata = { deadline: deadline.toISOString() };
      const body = { amount, currency, source, reference: paymentId, metadata };
      return read(charge, await http.send({ method: 'POST', path: '/v1/charges', body, idempotencyKey: paymentId }));
    },

    findCharge: async (paymentId) => {
      const answer = await http.send({ method: 'GET', path: `/v1/charges?reference=${segment(paymentId)}` });
      return read(chargeList, answer).data[0] ?? null;
    },

    cancelCharge: async (chargeId): Promise<ProviderCharge> =>
      read(charge, await http.send({ method: 'POST', path: `/v1/charges/${segment(chargeId)}/cancel` })),

    refund: async ({ refundId, chargeId, amount: { amount } }) => {
      const path = `/v1/charges/${segment(chargeId)}/refunds`;
      const body = { amount, reference: refundId };
      const answer = await http.send({ method: 'POST', path, body, idempotencyKey: refundId });
      if (answer.status === 404 || answer.status === 422) throw new RefundRefusedError(codeOf(answer) ?? 'refused');
      return read(refund, answer);
    },

    readWebhook: (raw, now) => {
      assertSigned(raw, webhookSecret, now);
      return eventIn(raw);
    },

    close: () => http.close(),
  };
}

/** An answer that is not what was asked for may still mean that it was done. */
function read<T>(schema: z.ZodType<T>, { status, body }: ProviderAnswer): T {
  const parsed = schema.safeParse(body);
  if (status < 300 && parsed.success) return parsed.data;
  const undecided = status < 300 || status === 409;
  throw new ProviderUnavailableError(`The payment provider answered HTTP ${status}`, {
    undecided,
    cause: parsed.error,
  });
}

function codeOf({ body }: ProviderAnswer): string | null {
  return refusal.safeParse(body).data?.error.code ?? null;
}

function eventIn({ body }: RawWebhook): ProviderEvent {
  const payload = asObject(body);
  const { success, data } = webhook.safeParse(payload);
  if (!success) throw new WebhookRejectedError('The webhook is not understood');
  const { id, type } = data;
  if (data.data.charge) return { id, type, payload, charge: data.data.charge };
  if (data.data.refund) return { id, type, payload, refund: data.data.refund };
  return { id, type, payload, unknown: true };
}

function asObject(body: string): object {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Told below, as any other body that is none of ours.
  }
  throw new WebhookRejectedError('The webhook is not JSON');
}
