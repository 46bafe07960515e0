import { byId, byKey, groupedBy, type LatestPage, type OrganisationRoleOf, perArguments } from '@marquee/subgraph';
import DataLoader from 'dataloader';

import type { Deps } from './deps.ts';
import type { Invoice } from './domain/billing/invoice.ts';
import type { Mandate, Membership } from './domain/billing/mandate.ts';
import type { MembershipPlan } from './domain/billing/membership-plan.ts';
import type { Payment } from './domain/payment.ts';
import type { Payout, PayoutAccount, PayoutEntry } from './domain/payout.ts';
import type { Refund } from './domain/refund.ts';
import type { SavedCard } from './domain/saved-card.ts';
import type { Wallet } from './domain/wallet.ts';

export interface Loaders {
  readonly payments: DataLoader<string, Payment | null>;
  readonly paymentsByBooking: DataLoader<string, readonly Payment[]>;
  readonly refundsByPayment: DataLoader<string, readonly Refund[]>;
  readonly cardsByCustomer: DataLoader<string, readonly SavedCard[]>;
  readonly walletByCustomer: DataLoader<string, Wallet | null>;
  readonly plans: DataLoader<string, MembershipPlan | null>;
  readonly membershipByCustomer: DataLoader<string, Membership | null>;
  readonly recurringPaymentsByCustomer: DataLoader<string, readonly Mandate[]>;
  /** A page of invoices by customer id, up to one more than the page's limit. */
  invoicesByCustomer(page: LatestPage): DataLoader<string, readonly Invoice[]>;
  /** By organisation. @param currency null for that in which it has most shows */
  payoutAccountByOrganisation(currency: string | null): DataLoader<string, PayoutAccount | null>;
  /** A page of an organisation's entries, up to one more than the page's limit. */
  payoutEntriesByOrganisation(currency: string, page: LatestPage): DataLoader<string, readonly PayoutEntry[]>;
  /** The latest payouts of an organisation. */
  payoutsByOrganisation(currency: string): DataLoader<string, readonly Payout[]>;
  /** By the user's id; accounts is asked once for each. */
  readonly organisationRoles: DataLoader<string, readonly OrganisationRoleOf[]>;
}

type LoaderDeps = Pick<
  Deps,
  | 'payments'
  | 'cards'
  | 'wallets'
  | 'plans'
  | 'mandates'
  | 'invoices'
  | 'payouts'
  | 'payoutAccounts'
  | 'findOrganisationRoles'
>;

const MAX_PAYOUTS = 50;

const customerOf = ({ customerId }: { readonly customerId: string }): string => customerId;

const organisationOf = ({ organisationId }: { readonly organisationId: string }): string => organisationId;

export function loaders(deps: LoaderDeps): Loaders {
  const { payments, cards, wallets, plans, mandates, invoices, payouts, payoutAccounts, findOrganisationRoles } = deps;
  return {
    payments: byId((ids) => payments.findMany(ids)),
    paymentsByBooking: groupedBy(
      (bookingIds) => payments.ofBookings(bookingIds),
      ({ bookingId }) => bookingId,
    ),
    refundsByPayment: groupedBy(
      (paymentIds) => payments.refundsOf(paymentIds),
      ({ paymentId }) => paymentId,
    ),
    cardsByCustomer: groupedBy((customerIds) => cards.ofCustomers(customerIds), customerOf),
    walletByCustomer: byKey((customerIds) => wallets.ofCustomers(customerIds), customerOf),
    plans: byId((ids) => plans.findMany(ids)),
    membershipByCustomer: byKey((customerIds) => mandates.membershipsOf(customerIds), customerOf),
    recurringPaymentsByCustomer: groupedBy((customerIds) => mandates.recurringPaymentsOf(customerIds), customerOf),
    invoicesByCustomer: perArguments((page: LatestPage) =>
      groupedBy((customerIds) => invoices.ofCustomers(customerIds, page), customerOf),
    ),
    payoutAccountByOrganisation: perArguments((currency: string | null) =>
      byKey((ids) => payoutAccounts.ofOrganisations(ids, currency), organisationOf),
    ),
    payoutEntriesByOrganisation: perArguments((currency: string, page: LatestPage) =>
      groupedBy((ids) => payoutAccounts.entries(ids, currency, page), organisationOf),
    ),
    payoutsByOrganisation: perArguments((currency: string) =>
      groupedBy((ids) => payouts.latest(ids, currency, MAX_PAYOUTS), organisationOf),
    ),
    organisationRoles: new DataLoader((userIds) => Promise.all(userIds.map(findOrganisationRoles))),
  };
}
