import type { PrismaClient } from '@marquee/prisma-payments';
import {
  customerQueue,
  findOrganisationRoles,
  type FindOrganisationRoles,
  type RunIdempotently,
  type SubgraphRuntime,
} from '@marquee/subgraph';
import { taxRateOf } from '@marquee/tax';
import type { Log, RecordSecurityEvent } from '@marquee/telemetry';

import { HeldDataRepository } from './adapters/held-data.ts';
import { ArrivingBookings } from './adapters/arriving-bookings.ts';
import { DueWorkRepository } from './adapters/due-work.ts';
import { observeDisputes } from './adapters/disputes.ts';
import { fetchBooking } from './adapters/fetch-booking.ts';
import { PaymentSettlementRepository } from './adapters/payment-settlement.ts';
import { PayableBookingRepository } from './adapters/payable-bookings.ts';
import { billingTransactions } from './adapters/billing/billing-writes.ts';
import { observeBilling } from './adapters/billing/billing-metrics.ts';
import { CreditNoteRepository, InvoiceRepository } from './adapters/billing/invoices.ts';
import { MandateChargeRepository } from './adapters/billing/mandate-charges.ts';
import { MandateRepository } from './adapters/billing/mandates.ts';
import { MembershipPlanRepository } from './adapters/billing/membership-plans.ts';
import { PayoutAccountRepository } from './adapters/payout-accounts.ts';
import { PayoutRepository } from './adapters/payouts.ts';
import { PaymentRepository } from './adapters/payments.ts';
import { observeReviews, PaymentReviewRepository } from './adapters/payment-reviews.ts';
import { ProviderBooksRepository } from './adapters/provider-books.ts';
import { SavedCardRepository } from './adapters/saved-cards.ts';
import { settlementTransactions } from './adapters/settlement.ts';
import { WalletRepository } from './adapters/wallets.ts';
import { observeWebhooks, WebhookInboxRepository } from './adapters/webhook-inbox.ts';
import type { BillingTransaction } from './domain/billing/ports.ts';
import type { FetchBooking } from './domain/payable-booking.ts';
import type { PaymentProvider } from './domain/payment-provider.ts';
import type { SettlementTransaction } from './domain/settlement.ts';
import type { Settings } from './settings.ts';

/** The dependencies of use cases, resolvers, loaders, handlers and jobs. */
export interface Deps {
  readonly heldData: HeldDataRepository;
  readonly payments: PaymentRepository;
  readonly dueWork: DueWorkRepository;
  readonly cards: SavedCardRepository;
  readonly wallets: WalletRepository;
  readonly plans: MembershipPlanRepository;
  readonly mandates: MandateRepository;
  readonly charges: MandateChargeRepository;
  readonly invoices: InvoiceRepository;
  readonly creditNotes: CreditNoteRepository;
  readonly inBilling: BillingTransaction;
  /** The tax in the prices of a country's plans, in percent. */
  readonly taxPercent: (country: string) => number;
  readonly bookings: PayableBookingRepository;
  readonly arrivals: ArrivingBookings;
  readonly payouts: PayoutRepository;
  readonly payoutAccounts: PayoutAccountRepository;
  readonly findOrganisationRoles: FindOrganisationRoles;
  readonly inbox: WebhookInboxRepository;
  readonly provider: PaymentProvider;
  readonly settlement: PaymentSettlementRepository;
  readonly books: ProviderBooksRepository;
  readonly reviews: PaymentReviewRepository;
  readonly inTransaction: SettlementTransaction;
  readonly fetchBooking: FetchBooking;
  readonly runIdempotently: RunIdempotently;
  readonly publishOutbox: () => void;
  /** ISO 3166: whose tax is in the price of a plan that names no country. */
  readonly defaultCountry: string;
  /** Of an account in which nothing has happened. */
  readonly defaultCurrency: string;
  /** In euro cents. */
  readonly freshSignInAmount: number;
  /** Sites that customers may be sent to after a payment's page; with none, their own machine. */
  readonly returnOrigins: readonly string[];
  readonly log: Log;
  readonly securityEvent: RecordSecurityEvent;
  readonly now: () => Date;
}

export function openDeps(
  {
    client,
    calls,
    settings,
    runIdempotently,
    publishOutbox,
    log,
    securityEvent,
    now,
    rateLimits,
    instruments,
  }: SubgraphRuntime<PrismaClient, Settings>,
  provider: PaymentProvider,
): Deps {
  const bookings = new PayableBookingRepository(client);
  const inbox = new WebhookInboxRepository(client, provider.name);
  const reviews = new PaymentReviewRepository(client, provider.name, now);
  observeWebhooks(inbox, instruments);
  observeDisputes(client, instruments);
  observeReviews(reviews, instruments);
  const mandates = new MandateRepository(client);
  observeBilling(mandates, instruments, now);
  return {
    heldData: new HeldDataRepository(client),
    payments: new PaymentRepository(client, customerQueue({ rateLimits, instruments }, 'top_ups')),
    dueWork: new DueWorkRepository(client),
    cards: new SavedCardRepository(client),
    wallets: new WalletRepository(client, settings.defaultCurrency),
    plans: new MembershipPlanRepository(client),
    mandates,
    charges: new MandateChargeRepository(client),
    invoices: new InvoiceRepository(client),
    creditNotes: new CreditNoteRepository(client),
    inBilling: billingTransactions(client, now),
    taxPercent: (country) => taxRateOf(settings.taxRates, { country }).onFees,
    bookings,
    arrivals: new ArrivingBookings(bookings),
    ...{ inbox, reviews },
    books: new ProviderBooksRepository(client, provider.name),
    payouts: new PayoutRepository(client, now),
    payoutAccounts: new PayoutAccountRepository(client, settings.defaultCurrency),
    findOrganisationRoles: findOrganisationRoles(calls),
    settlement: new PaymentSettlementRepository(client, now),
    inTransaction: settlementTransactions(client, now),
    fetchBooking: fetchBooking(calls),
    defaultCountry: settings.defaultCountry,
    defaultCurrency: settings.defaultCurrency,
    freshSignInAmount: settings.freshSignInAmount,
    returnOrigins: settings.returnOrigins,
    ...{ provider, runIdempotently, publishOutbox, log, securityEvent, now },
  };
}
