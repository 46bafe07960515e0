import type { PrismaClient } from '@marquee/prisma-payments';
import { type DomainRuntime, newId, type ServiceCalls } from '@marquee/subgraph';
import type { Log } from '@marquee/telemetry';

import { fetchBooking } from './adapters/fetch-booking.ts';
import { PayableBookingRepository } from './adapters/payable-bookings.ts';
import { PaymentRepository } from './adapters/payments.ts';
import { ProviderEventRepository } from './adapters/provider-events.ts';
import { RefundRepository } from './adapters/refunds.ts';
import { SavedCardRepository } from './adapters/saved-cards.ts';
import { settlementTransactions } from './adapters/settlement.ts';
import { WalletRepository } from './adapters/wallets.ts';
import type { PaymentProvider } from './domain/payment-provider.ts';
import type { Payments, ProviderEvents, SavedCards, Wallets } from './domain/ports.ts';
import type { IssueRefundsDeps } from './use-cases/issue-refunds.ts';
import type { PayBookingDeps } from './use-cases/pay-booking.ts';
import type { ReceiveWebhookDeps } from './use-cases/receive-webhook.ts';
import type { ReconcilePaymentsDeps } from './use-cases/reconcile-payments.ts';
import type { SavePaymentMethodDeps } from './use-cases/save-payment-method.ts';
import type { TopUpWalletDeps } from './use-cases/top-up-wallet.ts';

/** Dependencies of the use cases, resolvers, loaders, event handlers and jobs. */
export interface Deps
  extends
    PayBookingDeps,
    TopUpWalletDeps,
    SavePaymentMethodDeps,
    ReceiveWebhookDeps,
    ReconcilePaymentsDeps,
    IssueRefundsDeps {
  readonly payments: Payments;
  readonly cards: SavedCards;
  readonly wallets: Wallets;
  readonly providerEvents: ProviderEvents;
  readonly newEntryId: () => string;
}

export interface DepsOptions {
  /** Charges the cards. Its webhooks arrive at `POST /webhooks/payments/<its name>`. */
  readonly provider: PaymentProvider;
  /** Reaches booking for a booking whose event has not arrived yet. */
  readonly calls: ServiceCalls;
  readonly log: Log;
  /** Currency of an empty wallet whose customer has booked nothing; EUR by default. */
  readonly defaultCurrency?: string;
  readonly now?: () => Date;
}

/** Longer than all attempts of one provider request take together. */
const BUSY_MS = 15_000;

/** Builds the adapters on the domain's database. */
export function openDeps({ client, once }: DomainRuntime<PrismaClient>, options: DepsOptions): Deps {
  const { provider, calls, log, defaultCurrency = 'EUR', now = () => new Date() } = options;
  const newEntryId = (): string => newId('jrn');
  return {
    ...{ provider, now, newEntryId },
    payments: new PaymentRepository(client, newEntryId),
    refunds: new RefundRepository(client),
    cards: new SavedCardRepository(client),
    wallets: new WalletRepository(client, defaultCurrency),
    bookings: new PayableBookingRepository(client),
    providerEvents: new ProviderEventRepository(client),
    inTransaction: settlementTransactions(client, { now, newEntryId }),
    runIdempotently: once,
    fetchBooking: fetchBooking(calls),
    newPaymentId: () => newId('pay'),
    newPaymentMethodId: () => newId('pmt'),
    newRefundId: () => newId('rfd'),
    busyMs: BUSY_MS,
    onError: (id, err) => log.error({ err, id }, 'settling a payment or refund failed'),
  };
}
