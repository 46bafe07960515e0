import { expect, test } from 'vitest';

import type { PaymentProvider } from '../domain/payment-provider.ts';
import { issueRefunds, type IssueRefundsDeps } from './issue-refunds.ts';
import { makePayouts, type MakePayoutsDeps } from './make-payouts.ts';

const now = new Date('2027-01-04T06:00:00Z');
const amount = { amount: 400, currency: 'EUR' };
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
const common = { now: () => now, log: { error: () => undefined } };

/** Requests that an earlier process has sent, and that the provider still has. @returns what it is asked for now */
async function repeat(createdAt: Date): Promise<string[]> {
  const asked: string[] = [];
  const does = (what: string) => async () => {
    asked.push(what);
    return { id: 'theirs', reference: 'ours', amount, status: 'PENDING' };
  };
  const provider = {
    ...{ name: 'sandbox', payOut: does('payOut'), refund: does('refund'), findRefund: does('findRefund') },
    payouts: async function* () {
      yield [await does('payouts')()];
    },
  } as unknown as PaymentProvider;
  const due = { id: 'ours', organisationId: 'org_1', chargeId: 'ch_1', amount, createdAt };
  const payouts = { claimDue: async () => [due], find: async () => due, report: async () => undefined };
  await makePayouts({ ...common, provider, payouts } as unknown as MakePayoutsDeps);
  const dueWork = { claimRefunds: async () => [due] };
  const inTransaction = async () => undefined;
  await issueRefunds({ ...common, provider, dueWork, inTransaction } as unknown as IssueRefundsDeps);
  return asked;
}

test('a payout or a refund of long ago, whose key the provider may have forgotten, is looked for and not made again', async () => {
  expect(await repeat(hoursAgo(22))).toEqual(['payOut', 'refund']);
  expect(await repeat(hoursAgo(23))).toEqual(['payouts', 'findRefund']);
});
