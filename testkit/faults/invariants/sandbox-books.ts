import type { SqlTransaction } from '@marquee/database';

import type { PaymentProvider } from '../../../subgraphs/payments/src/domain/payment-provider.ts';

type Books = Pick<PaymentProvider, 'name' | 'charges' | 'refunds' | 'payouts'>;

/** The books of the sandbox provider out of its database, so that they can be read while it does not run. */
export function sandboxBooks(database: Pick<SqlTransaction, '$queryRaw'>): Books {
  return {
    name: 'sandbox',
    async *charges() {
      yield await database.$queryRaw`
        SELECT id, reference, jsonb_build_object('amount', amount, 'currency', currency) AS amount, upper(status::text) AS status
        FROM charges`;
    },
    async *refunds() {
      yield await database.$queryRaw`
        SELECT id, reference, charge_id AS "chargeId", jsonb_build_object('amount', amount, 'currency', currency) AS amount,
          'SUCCEEDED' AS status FROM refunds`;
    },
    async *payouts() {
      yield await database.$queryRaw`
        SELECT id, reference, jsonb_build_object('amount', amount, 'currency', currency) AS amount, upper(status::text) AS status
        FROM payouts`;
    },
  };
}
