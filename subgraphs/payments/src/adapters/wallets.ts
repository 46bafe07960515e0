import { toMoney } from '@marquee/money';
import type { JournalEntryKind, PrismaClient } from '@marquee/prisma-payments';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { Wallets } from '../domain/ports.ts';
import type { Wallet, WalletTransaction, WalletTransactionPage, WalletTransactionType } from '../domain/wallet.ts';

interface TransactionRow {
  readonly id: string;
  readonly position: bigint;
  readonly kind: JournalEntryKind;
  readonly amount: bigint;
  readonly currency: string;
  readonly balanceAfter: bigint;
  readonly createdAt: Date;
  readonly bookingId: string | null;
}

interface WalletRow extends Omit<Wallet, 'currency'> {
  /** Null for an empty wallet whose customer has booked nothing. */
  readonly currency: string | null;
}

/** The entries that move a wallet. */
const TYPES: Readonly<Partial<Record<JournalEntryKind, WalletTransactionType>>> = {
  WALLET_TOP_UP: 'TOP_UP',
  WALLET_PAYMENT: 'PAYMENT',
  WALLET_REFUND: 'REFUND',
  CARD_REFUND: 'REFUND',
  UNAPPLIED_REFUND: 'REFUND',
  REWARD: 'REWARD',
  REWARD_TAKEN_BACK: 'REWARD',
  // The bank refunds what the wallet got, so the wallet gives it back.
  DISPUTE_OPENED: 'REFUND',
  DISPUTE_WON: 'REFUND',
  DISPUTE_LOST: 'REFUND',
  DISPUTE_COLLECTED: 'REFUND',
};

/** Wallets, read from the ledger. */
export class WalletRepository implements Wallets {
  readonly #client: PrismaClient;
  readonly #defaultCurrency: string;

  /** @param defaultCurrency currency of an empty wallet whose customer has booked nothing */
  constructor(client: PrismaClient, defaultCurrency: string) {
    this.#client = client;
    this.#defaultCurrency = defaultCurrency;
  }

  async find(customerId: string): Promise<Wallet> {
    const [wallet] = (await this.ofCustomers([customerId])) as [Wallet];
    return wallet;
  }

  async ofCustomers(customerIds: readonly string[]): Promise<Wallet[]> {
    const rows = await this.#walletsOf(customerIds);
    return rows.map(({ balances, currency, ...wallet }) => ({
      ...wallet,
      currency: currency ?? this.#defaultCurrency,
      balances: balances.map(({ amount, currency: of }) => toMoney(amount, of)),
    }));
  }

  /** The currencies of those who have a wallet, or have booked something. */
  async currenciesOf(userIds: readonly string[]): Promise<{ userId: string; currency: string }[]> {
    const rows = await this.#walletsOf(userIds);
    return rows.flatMap(({ customerId: userId, currency }) => (currency === null ? [] : [{ userId, currency }]));
  }

  async #walletsOf(customerIds: readonly string[]): Promise<WalletRow[]> {
    return this.#client.$queryRaw<WalletRow[]>`
      SELECT asked.id AS "customerId",
        coalesce(wallet.currency, latest.currency) AS currency,
        coalesce(held.balances, '[]') AS balances
      FROM unnest(${customerIds.filter(isPossibleId)}::text[]) AS asked (id)
      LEFT JOIN wallets wallet ON wallet.customer_id = asked.id
      LEFT JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_object('amount', amount, 'currency', currency) ORDER BY currency) AS balances
        FROM wallet_balances WHERE customer_id = asked.id
      ) held ON true
      LEFT JOIN LATERAL (
        SELECT currency FROM payable_bookings
        WHERE wallet.currency IS NULL AND customer_id = asked.id AND currency IS NOT NULL
        ORDER BY created_at DESC LIMIT 1
      ) latest ON true`;
  }

  async transactions({ customerId, limit, before }: WalletTransactionPage): Promise<WalletTransaction[]> {
    const rows = await this.#client.$queryRaw<TransactionRow[]>`
      SELECT posting.entry_id AS id, posting.seq AS position, entry.kind, -posting.amount AS amount, posting.currency,
        posting.balance_after AS "balanceAfter", entry.created_at AS "createdAt", payment.booking_id AS "bookingId"
      FROM postings posting
      JOIN journal_entries entry ON entry.id = posting.entry_id
      LEFT JOIN payments payment ON payment.id = entry.payment_id
      WHERE posting.account_id IN (SELECT account_id FROM wallet_balances WHERE customer_id = ${customerId})
        AND (${before}::bigint IS NULL OR posting.seq < ${before}::bigint)
      ORDER BY posting.seq DESC LIMIT ${limit + 1}`;
    return rows.map(toWalletTransaction);
  }
}

function toWalletTransaction(row: TransactionRow): WalletTransaction {
  const { id, position, kind, amount, currency, balanceAfter, createdAt, bookingId } = row;
  return {
    ...{ id, createdAt, bookingId },
    position: Number(position),
    type: TYPES[kind] ?? 'PAYMENT',
    amount: toMoney(amount, currency),
    balanceAfter: toMoney(balanceAfter, currency),
  };
}
