import { randomUUID } from 'node:crypto';
import { Stripe } from 'stripe';

import {
  type ChargeRequest,
  type PaymentProvider,
  type PayoutRequest,
  type ProviderCharge,
  ProviderRefusedError,
  type StoredCard,
} from '../../domain/payment-provider.ts';
import { resilience, type ResilienceOptions } from '../provider-http.ts';
import { toStripe } from './amounts.ts';
import { answered, Refusal, resolved, unavailable } from './errors.ts';
import { oldestFirst, pages, type Range } from './lists.ts';
import { toCharge, toPayout, toRefund } from './objects.ts';
import { chargeParameters, setupParameters } from './parameters.ts';
import { readEvent, verifyWebhook } from './webhooks.ts';

/** Address and credentials of Stripe. */
export interface StripePaymentsOptions extends ResilienceOptions {
  /** Timeout of what no customer waits for, in milliseconds; 20,000 by default. */
  readonly backgroundTimeoutMs?: number;
  readonly providerUrl: string;
  readonly providerApiKey: string;
  /** Key of its webhook signatures. */
  readonly providerWebhookSecret: string;
  /** Where the page of an action leads when a payment names no address: Stripe has no page without one. */
  readonly fallbackReturnUrl: string;
  /** The connected account of each organisation that is paid out to. */
  readonly accounts: ReadonlyMap<string, string>;
}

/** Stripe: charges are PaymentIntents, saved cards are PaymentMethods of a customer each, payouts are transfers. */
export function stripePayments(options: StripePaymentsOptions): PaymentProvider {
  const { timeoutMs = 2_500, backgroundTimeoutMs = 20_000, providerWebhookSecret: secret } = options;
  const stripe = clientOf(options, timeoutMs);
  const slow = clientOf(options, backgroundTimeoutMs);
  const customers = resilience(options);
  const background = resilience({ ...options, attempts: 1 });
  const call = <T>(send: (client: Stripe) => Promise<T>) => customers.run(() => answered(send(stripe)));
  const job = <T>(send: (client: Stripe) => Promise<T>) => background.run(() => answered(send(slow)));
  /** The PaymentMethod that a client has made, or that is made of its token. */
  const methodOf = async (token: string, once: { idempotencyKey: string }): Promise<string | Refusal> => {
    if (token.startsWith('pm_')) return token;
    const made = await call((to) => to.paymentMethods.create({ type: 'card', card: { token } }, once));
    return made instanceof Refusal ? made : made.id;
  };
  /** A saved card is named by its customer and itself. */
  const cardOf = async ({ source, paymentId }: ChargeRequest) => {
    const [customer, saved] = source.split('/');
    if (customer !== undefined && saved !== undefined) return { customer, payment_method: saved };
    const method = await methodOf(source, { idempotencyKey: `${paymentId}-card` });
    return method instanceof Refusal ? method : { payment_method: method };
  };

  return {
    name: 'stripe',

    storeCard: async (token) => {
      const key = randomUUID();
      const once = (step: string) => ({ idempotencyKey: `${key}-${step}` });
      const method = resolved(await methodOf(token, once('card')));
      const customer = resolved(await call((to) => to.customers.create({}, once('customer'))));
      const setup = setupParameters(customer.id, method);
      const { status } = resolved(await call((to) => to.setupIntents.create(setup, once('setup'))));
      // A bank that wants to confirm the card may do so at its first charge, where its customer is asked.
      if (status !== 'succeeded')
        resolved(await call((to) => to.paymentMethods.attach(method, { customer: customer.id }, once('owner'))));
      return toStoredCard(resolved(await call((to) => to.paymentMethods.retrieve(method))), customer.id);
    },

    removeCard: async (providerRef) => {
      const [customer = ''] = providerRef.split('/');
      const answer = await job((to) => to.customers.del(customer));
      if (answer instanceof Refusal && answer.cause.code !== 'resource_missing') throw unavailable(answer.cause);
    },

    charge: async (request) => {
      const amount = toStripe(request.amount);
      if (!amount) return refused(request, 'amount_not_supported');
      const card = await cardOf(request);
      if (card instanceof Refusal) return refused(request, card.code);
      const parameters = { ...amount, ...card, ...chargeParameters(request, options.fallbackReturnUrl) };
      const key = { idempotencyKey: request.paymentId };
      const answer = await call((to) => to.paymentIntents.create(parameters, key));
      if (!(answer instanceof Refusal)) return toCharge(answer);
      return answer.intent ? toCharge(answer.intent) : refused(request, answer.code);
    },

    findCharge: async (paymentId) => {
      const query = `metadata['reference']:'${paymentId}'`;
      const { data } = resolved(
        await job((to) => to.paymentIntents.search({ query, limit: 1, expand: ['data.payment_method'] })),
      );
      return data[0] ? toCharge(data[0]) : null;
    },

    cancelCharge: async (chargeId) => {
      const answer = await call((to) => to.paymentIntents.cancel(chargeId));
      if (!(answer instanceof Refusal)) return toCharge(answer);
      return toCharge(resolved(await call((to) => to.paymentIntents.retrieve(chargeId))));
    },

    refund: async ({ refundId, chargeId, amount: money }) => {
      const amount = toStripe(money)?.amount;
      if (amount === undefined) throw new ProviderRefusedError('amount_not_supported');
      const parameters = { payment_intent: chargeId, amount, metadata: { reference: refundId } };
      return toRefund(resolved(await job((to) => to.refunds.create(parameters, { idempotencyKey: refundId }))));
    },

    findRefund: async ({ refundId, chargeId }) => {
      const ofCharge = (range: Range) => job((to) => to.refunds.list({ ...range, payment_intent: chargeId }));
      for await (const page of pages(ofCharge, {})) {
        const found = page.find(({ metadata }) => metadata?.['reference'] === refundId);
        if (found) return toRefund(found);
      }
      return null;
    },

    charges: (window) => oldestFirst((range) => job((to) => to.paymentIntents.list(range)), window, toCharge),
    refunds: (window) => oldestFirst((range) => job((to) => to.refunds.list(range)), window, toRefund),

    payOut: async ({ payoutId, organisationId, amount }: PayoutRequest) => {
      const destination = options.accounts.get(organisationId);
      if (destination === undefined) throw new ProviderRefusedError('no_connected_account');
      const counted = toStripe(amount);
      if (!counted) throw new ProviderRefusedError('amount_not_supported');
      const parameters = { ...counted, destination, metadata: { reference: payoutId } };
      return toPayout(resolved(await job((to) => to.transfers.create(parameters, { idempotencyKey: payoutId }))));
    },
    payouts: (window) => oldestFirst((range) => job((to) => to.transfers.list(range)), window, toPayout),

    verifyWebhook: (raw, now) => verifyWebhook(stripe, raw, secret, now),
    readEvent,
    close: () => {
      customers.close();
      background.close();
    },
  };
}

function clientOf({ providerUrl, providerApiKey }: StripePaymentsOptions, timeout: number): Stripe {
  const { hostname: host, port, protocol } = new URL(providerUrl);
  const address = { host, protocol: protocol === 'http:' ? 'http' : 'https', ...(port && { port }) } as const;
  // Retries are ours: only they know whether an earlier attempt may have reached Stripe.
  return new Stripe(providerApiKey, { ...address, timeout, maxNetworkRetries: 0, telemetry: false });
}

/** A charge that Stripe refused to make. */
function refused({ paymentId, amount }: ChargeRequest, declineCode: string | null): ProviderCharge {
  const unmade = { id: `refused_${paymentId}`, reference: paymentId, actionUrl: null, cardFingerprint: null };
  return { ...unmade, amount, status: 'FAILED', declineCode };
}

/** @throws {ProviderRefusedError} when it is no card */
function toStoredCard({ id, card }: Stripe.PaymentMethod, customerId: string): StoredCard {
  if (!card) throw new ProviderRefusedError('invalid_card');
  const { brand, last4, exp_month: expiryMonth, exp_year: expiryYear } = card;
  return { providerRef: `${customerId}/${id}`, brand, last4, expiryMonth, expiryYear };
}
