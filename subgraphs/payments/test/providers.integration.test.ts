import { createHmac } from 'node:crypto';
import { buildSandboxProvider } from '@marquee/sandbox-provider';
import { openLog } from '@marquee/telemetry';
import { testDatabase } from '@marquee/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { sandboxPayments } from '../src/adapters/sandbox/sandbox-payments.ts';
import { stripePayments } from '../src/adapters/stripe/stripe-payments.ts';
import type { ChargeUsage, PaymentProvider, TimeWindow } from '../src/domain/payment-provider.ts';
import { API_KEY, WEBHOOK_SECRET } from './harness.ts';
import { startStripe, STRIPE_KEY } from './stripe-server.ts';

interface World {
  readonly provider: PaymentProvider;
  /** The same provider where nobody listens. */
  readonly unreachable: PaymentProvider;
  /** When the test's charges were made. */
  readonly window: TimeWindow;
  /** Event of a charge, as the provider sends it. */
  readonly event: object;
  readonly header: string;
  readonly gone: string;
  close(): Promise<void> | void;
}

/** Below the ports that are given out, and none that browsers and fetch refuse. */
const NOBODY = 'http://127.0.0.1:1234';
const EUR = (amount: number) => ({ amount, currency: 'EUR' });
const secrets = { providerApiKey: API_KEY, providerWebhookSecret: WEBHOOK_SECRET };

async function sandboxWorld(): Promise<World> {
  const sandbox = buildSandboxProvider({
    databaseUrl: (await testDatabase('sandbox-provider')).url,
    apiKey: API_KEY,
    webhook: { url: `${NOBODY}/hooks`, secret: WEBHOOK_SECRET },
    log: openLog({ service: 'sandbox-provider', level: 'silent' }),
  });
  const providerUrl = await sandbox.listen();
  const charge = { id: 'ch_1', reference: 'pay_1', status: 'succeeded', amount: 2_400, currency: 'EUR' };
  return {
    provider: sandboxPayments({ ...secrets, providerUrl }),
    unreachable: sandboxPayments({ ...secrets, providerUrl: NOBODY }),
    window: { from: new Date(Date.now() - 60_000), to: new Date(Date.now() + 600_000) },
    event: {
      id: 'evt_1',
      type: 'charge.succeeded',
      data: { charge: { ...charge, declineCode: null, actionUrl: null } },
    },
    header: 'marquee-signature',
    gone: 'card_gone',
    close: () => sandbox.stop(),
  };
}

async function stripeWorld(): Promise<World> {
  const stripe = await startStripe();
  const options = {
    ...{ ...secrets, providerApiKey: STRIPE_KEY, fallbackReturnUrl: 'https://tickets.example/' },
    accounts: new Map([['org_1', 'acct_1']]),
  };
  const intent = { id: 'pi_1', object: 'payment_intent', amount: 2_400, currency: 'eur', status: 'succeeded' };
  return {
    provider: stripePayments({ ...options, providerUrl: stripe.url }),
    unreachable: stripePayments({ ...options, providerUrl: NOBODY }),
    window: { from: new Date(1_801_418_000_000), to: new Date(1_801_419_000_000) },
    event: {
      ...{ id: 'evt_1', object: 'event', type: 'payment_intent.succeeded' },
      data: { object: { ...intent, metadata: { reference: 'pay_1' }, last_payment_error: null, next_action: null } },
    },
    header: 'stripe-signature',
    gone: 'cus_gone/pm_gone',
    close: () => {
      stripe.close();
      expect(stripe.unexpected).toEqual([]);
    },
  };
}

describe.each([
  ['the sandbox', sandboxWorld],
  ['Stripe', stripeWorld],
])('%s', (_name, open) => {
  let world: World;
  let provider: PaymentProvider;

  beforeAll(async () => {
    world = await open();
    ({ provider } = world);
  });
  afterAll(async () => {
    provider.close();
    world.unreachable.close();
    await world.close();
  });

  const charge = (paymentId: string, source: string, by = provider, usage: ChargeUsage = 'ONCE') =>
    by.charge({
      ...{ paymentId, source, amount: EUR(2_400), deadline: new Date('2027-01-31T18:00:00Z'), usage },
      returnUrl: `https://tickets.example/done?payment=${paymentId}`,
    });
  const collect = async <T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> => {
    const all: T[] = [];
    for await (const page of pages) all.push(...page);
    return all;
  };

  test('charges a card once per payment, and finds the charge', async () => {
    const made = await charge('pay_ok', 'tok_visa');
    expect(made).toMatchObject({ reference: 'pay_ok', status: 'SUCCEEDED', amount: EUR(2_400), actionUrl: null });
    expect(await charge('pay_ok', 'tok_visa')).toEqual(made);
    expect(await provider.findCharge('pay_ok')).toEqual(made);
    expect(await provider.findCharge('pay_nobody')).toBeNull();
  });

  test('declines with the reason, and an unknown card too', async () => {
    const declined = await charge('pay_declined', 'tok_insufficient_funds');
    expect(declined).toMatchObject({ status: 'FAILED', declineCode: 'insufficient_funds', amount: EUR(2_400) });
    const unknown = await charge('pay_unknown', 'tok_nobody');
    expect(unknown).toMatchObject({ reference: 'pay_unknown', status: 'FAILED', declineCode: 'invalid_card' });
  });

  test('cancels a charge that requires an action, and leaves one that succeeded', async () => {
    const waiting = await charge('pay_action', 'tok_requires_action');
    expect(waiting).toMatchObject({ status: 'REQUIRES_ACTION', actionUrl: expect.stringMatching(/^http/) });
    expect(await provider.cancelCharge(waiting.id)).toMatchObject({ status: 'CANCELLED', actionUrl: null });
    const made = await charge('pay_ok', 'tok_visa');
    expect(await provider.cancelCharge(made.id)).toMatchObject({ status: 'SUCCEEDED' });
  });

  test('stores a card that can be charged, and removes it; one that is gone is no failure', async () => {
    const stored = await provider.storeCard('tok_visa');
    expect(stored).toMatchObject({ brand: 'visa', last4: '4242', expiryMonth: 12, expiryYear: 2034 });
    expect((await charge('pay_saved', stored.providerRef)).status).toBe('SUCCEEDED');
    for (const [id, usage] of [
      ['pay_first', 'AGREES_TO_LATER'],
      ['pay_renewal', 'OFF_SESSION'],
    ] as const)
      expect((await charge(id, stored.providerRef, provider, usage)).status).toBe('SUCCEEDED');
    await provider.removeCard(stored.providerRef);
    await provider.removeCard(world.gone);
    await expect(provider.storeCard('tok_nobody')).rejects.toMatchObject({ code: 'invalid_card' });
  });

  test('refunds once per refund, and refuses for good what exceeds the charge', async () => {
    const { id: chargeId } = await charge('pay_ok', 'tok_visa');
    const made = await provider.refund({ refundId: 'rfd_1', chargeId, amount: EUR(1_000) });
    expect(made).toMatchObject({ reference: 'rfd_1', chargeId, status: 'SUCCEEDED', amount: EUR(1_000) });
    expect(await provider.refund({ refundId: 'rfd_1', chargeId, amount: EUR(1_000) })).toEqual(made);
    expect(await provider.findRefund({ refundId: 'rfd_1', chargeId })).toEqual(made);
    expect(await provider.findRefund({ refundId: 'rfd_nobody', chargeId })).toBeNull();
    const tooMuch = provider.refund({ refundId: 'rfd_2', chargeId, amount: EUR(9_000) });
    await expect(tooMuch).rejects.toMatchObject({ name: 'ProviderRefusedError' });
  });

  test('pays an organisation once per payout', async () => {
    const payout = { payoutId: 'pyo_1', organisationId: 'org_1', amount: EUR(5_000) };
    const made = await provider.payOut(payout);
    expect(made).toMatchObject({ reference: 'pyo_1', amount: EUR(5_000), failure: null });
    expect((await provider.payOut(payout)).id).toBe(made.id);
    expect((await collect(provider.payouts(world.window))).map(({ reference }) => reference)).toEqual(['pyo_1']);
  });

  test('lists what was made in a window, oldest first', async () => {
    const charges = (await collect(provider.charges(world.window))).map(({ reference }) => reference);
    expect(charges.filter((each) => ['pay_ok', 'pay_action', 'pay_saved'].includes(each))).toEqual([
      ...['pay_ok', 'pay_action', 'pay_saved'],
    ]);
    expect((await collect(provider.refunds(world.window))).map(({ reference }) => reference)).toEqual(['rfd_1']);
  });

  test('a provider that cannot be reached charged nothing', async () => {
    const failed = charge('pay_ok', 'tok_visa', world.unreachable);
    await expect(failed).rejects.toMatchObject({ name: 'ProviderUnavailableError', outcomeUnknown: false });
  });

  test('reads a signed webhook, and rejects one that is forged, stale or malformed', () => {
    const now = new Date();
    const signed = (body: string, key = WEBHOOK_SECRET, at = now) => {
      const t = Math.floor(at.getTime() / 1_000);
      const v1 = createHmac('sha256', key).update(`${t}.${body}`).digest('hex');
      return { headers: { [world.header]: `t=${t},v1=${v1}` }, body };
    };
    const body = JSON.stringify(world.event);
    const expected = { id: 'evt_1', charge: { reference: 'pay_1', status: 'SUCCEEDED', amount: EUR(2_400) } };
    expect(provider.verifyWebhook(signed(body), now)).toMatchObject(expected);
    expect(provider.readEvent(world.event)).toMatchObject(expected);
    const stale = new Date(now.getTime() - 301_000);
    for (const wrong of [
      signed(body, 'whsec_of_somebody_else'),
      signed(body, WEBHOOK_SECRET, stale),
      { ...signed(body), body: `${body} ` },
      { headers: {}, body },
      signed('{}'),
    ]) {
      expect(() => provider.verifyWebhook(wrong, now)).toThrow(
        expect.objectContaining({ name: 'WebhookRejectedError' }),
      );
    }
  });

  test('saves a card that its bank wants to confirm, and has it declined where nobody can', async () => {
    const { providerRef } = await provider.storeCard('tok_requires_action');
    const renewal = await charge('pay_unconfirmed', providerRef, provider, 'OFF_SESSION');
    expect(renewal).toMatchObject({ status: 'FAILED', declineCode: 'authentication_required', actionUrl: null });
  });
});
