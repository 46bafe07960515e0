import { payBooking, type PayBookingDeps, type PayBookingInput } from './use-cases/pay-booking.ts';
import type { Payment } from './domain/payment.ts';
import type { RawWebhook } from './domain/payment-provider.ts';
import { receiveWebhook } from './use-cases/receive-webhook.ts';
import { reconcilePayments } from './use-cases/reconcile-payments.ts';
import { retryRefunds } from './use-cases/retry-refunds.ts';
import { savePaymentMethod, type SavePaymentMethodInput } from './use-cases/save-payment-method.ts';
import type { SavedCard } from './domain/saved-card.ts';
import { topUpWallet, type TopUpWalletInput } from './use-cases/top-up-wallet.ts';
import type { WalletTransaction } from './domain/wallet.ts';
import type { PaymentRepository } from './adapters/payments.ts';
import type { RefundRepository } from './adapters/refunds.ts';
import type { TransactionPage, WalletRepository } from './adapters/wallets.ts';

/** What resolvers, routes and jobs call. */
export interface PaymentsUseCases {
  payBooking(input: PayBookingInput): Promise<Payment>;
  topUpWallet(input: TopUpWalletInput): Promise<Payment>;
  savePaymentMethod(input: SavePaymentMethodInput): Promise<SavedCard>;
  payment(id: string): Promise<Payment | null>;
  walletTransactions(page: TransactionPage): Promise<WalletTransaction[]>;
  receiveWebhook(webhook: RawWebhook): Promise<void>;
  /** @param dueBy see {@link reconcilePayments} */
  reconcilePayments(dueBy: Date): Promise<number>;
  retryRefunds(): Promise<number>;
}

export interface PaymentsUseCaseDeps extends PayBookingDeps {
  readonly payments: PaymentRepository;
  readonly refunds: RefundRepository;
  readonly wallets: WalletRepository;
  readonly newPaymentMethodId: () => string;
  /** Told of a payment or refund that could not be brought to its end; it comes up again. */
  readonly onError: (id: string, error: unknown) => void;
}

export function paymentsUseCases(deps: PaymentsUseCaseDeps): PaymentsUseCases {
  return {
    payBooking: (input) => payBooking(deps, input),
    topUpWallet: (input) => topUpWallet(deps, input),
    savePaymentMethod: (input) => savePaymentMethod(deps, input),
    payment: (id) => deps.payments.find(id),
    walletTransactions: (page) => deps.wallets.transactions(page),
    receiveWebhook: (webhook) => receiveWebhook(deps, webhook),
    reconcilePayments: (dueBy) => reconcilePayments(deps, dueBy),
    retryRefunds: () => retryRefunds(deps),
  };
}
