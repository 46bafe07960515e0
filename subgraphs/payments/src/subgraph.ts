import { PrismaClient } from '@marquee/prisma-payments';
import {
  connectDomain,
  defineSubgraph,
  type DomainDeps,
  type Job,
  newId,
  type ServiceCalls,
  type Subgraph,
} from '@marquee/subgraph';

import { askBooking } from './adapters/fetch-booking.ts';
import type { PaymentsContext } from './context.ts';
import type { PaymentProvider } from './domain/payment-provider.ts';
import { handlersOf } from './events.ts';
import { paymentsLoaders } from './loaders.ts';
import { permissions } from './permissions.ts';
import { push } from './push.ts';
import { PayableBookingRepository } from './adapters/payable-bookings.ts';
import { PaymentRepository } from './adapters/payments.ts';
import { purgeProviderEvents } from './adapters/provider-events.ts';
import { RefundRepository } from './adapters/refunds.ts';
import { SavedCardRepository } from './adapters/saved-cards.ts';
import { atomicallyOn } from './adapters/settlement.ts';
import { WalletRepository } from './adapters/wallets.ts';
import { resolvers } from './generated/resolver-map.ts';
import { paymentsUseCases, type PaymentsUseCases } from './use-cases.ts';
import { webhookRoutes } from './adapters/webhooks.ts';

export interface PaymentsDeps extends DomainDeps {
  /** Who charges cards. Its webhooks are taken in at `POST /webhooks/payments/<its name>`. */
  readonly provider: PaymentProvider;
  /** How booking is asked for a booking that we have not heard of yet. */
  readonly calls: ServiceCalls;
  /** The currency of a wallet whose customer has neither paid in nor booked anything; EUR when not given. */
  readonly defaultCurrency?: string;
  readonly now?: () => Date;
}

/** Longer than a provider's attempts take together. */
const BUSY_MS = 15_000;
const RECONCILE_EVERY_MS = 2_000;
const REFUND_EVERY_MS = 1_000;
const DAY_MS = 24 * 60 * 60 * 1_000;
const KEEP_WEBHOOKS_MS = 30 * DAY_MS;

/** Puts the payments subgraph together. */
export function buildPayments(deps: PaymentsDeps): Subgraph {
  const { provider, calls, log, defaultCurrency = 'EUR', now = () => new Date() } = deps;
  const runtime = connectDomain('payments', PrismaClient, deps, push);
  const { client, relay, pubSub, once } = runtime;
  const newEntryId = (): string => newId('jrn');
  const newRefundId = (): string => newId('rfd');
  const payments = new PaymentRepository({ client, newEntryId });
  const cards = new SavedCardRepository(client);
  const wallets = new WalletRepository(client, defaultCurrency);
  const useCases = paymentsUseCases({
    ...{ provider, payments, cards, wallets, once, now, newRefundId },
    refunds: new RefundRepository(client),
    bookings: new PayableBookingRepository(client),
    atomically: atomicallyOn(client, { now, newEntryId }),
    askBooking: askBooking(calls),
    newPaymentId: () => newId('pay'),
    newPaymentMethodId: () => newId('pmt'),
    busyMs: BUSY_MS,
    onError: (id, err) => log.error({ err, id }, 'a payment or refund is not settled yet'),
  });

  const forgetWebhooks = async (): Promise<void> => {
    await purgeProviderEvents(client, new Date(now().getTime() - KEEP_WEBHOOKS_MS));
  };

  return defineSubgraph<PaymentsContext>({
    name: 'payments',
    schemaFile: new URL('../schema.graphql', import.meta.url),
    resolvers,
    permissions,
    context: (request) => ({
      ...request,
      pubSub,
      payments: useCases,
      loaders: paymentsLoaders({ payments, cards, wallets }),
    }),
    relay,
    consumers: [runtime.consumer(handlersOf({ now, newEntryId, newRefundId, providerName: provider.name }))],
    jobs: [
      ...settlingJobs(useCases, now),
      { name: 'forget webhooks', everyMs: DAY_MS, run: forgetWebhooks },
      runtime.housekeeping,
    ],
    routes: (app) =>
      webhookRoutes(app, {
        provider: provider.name,
        receive: (webhook) => useCases.receiveWebhook(webhook),
        onReceived: () => relay.kick(),
        log,
      }),
    ready: runtime.ready,
    close: async () => {
      provider.close();
      await runtime.close();
    },
    log,
    instruments: deps.instruments,
  });
}

/** What brings to their end the payments and refunds that nobody waits for any more. */
function settlingJobs(useCases: PaymentsUseCases, now: () => Date): Job[] {
  // The requests of a process that died are not waited for: the first look takes them as over.
  let ahead = BUSY_MS;
  const reconcile = async (): Promise<void> => {
    const dueBy = new Date(now().getTime() + ahead);
    ahead = 0;
    await useCases.reconcilePayments(dueBy);
  };
  return [
    { name: 'reconcile payments', everyMs: RECONCILE_EVERY_MS, run: reconcile },
    { name: 'retry refunds', everyMs: REFUND_EVERY_MS, run: async () => void (await useCases.retryRefunds()) },
  ];
}
