import type { Job } from '@marquee/subgraph';

import type { Deps } from './deps.ts';
import { BUSY_MS } from './domain/payment.ts';
import { carryOutDecisions } from './use-cases/carry-out-decisions.ts';
import { compareWithProvider } from './use-cases/compare-with-provider.ts';
import { handleDueWebhooks } from './use-cases/handle-webhook.ts';
import { issueRefunds } from './use-cases/issue-refunds.ts';
import { runBilling } from './use-cases/billing/run-billing.ts';
import { makePayouts, requestScheduledPayouts, settleEndedShows } from './use-cases/make-payouts.ts';
import { removeCards } from './use-cases/remove-payment-method.ts';
import { reconcilePayments } from './use-cases/reconcile-payments.ts';

const RECONCILE_EVERY_MS = 2_000;
const ISSUE_REFUNDS_EVERY_MS = 1_000;
const HANDLE_WEBHOOKS_EVERY_MS = 2_000;
const COMPARE_EVERY_MS = 60_000;
const CARRY_OUT_EVERY_MS = 10_000;
const RUN_BILLING_EVERY_MS = 5_000;
const SETTLE_SHOWS_EVERY_MS = 60_000;
const MAKE_PAYOUTS_EVERY_MS = 1_000;
const REMOVE_CARDS_EVERY_MS = 5_000;
const DAY_MS = 24 * 60 * 60 * 1_000;
const WEBHOOK_RETENTION_MS = 30 * DAY_MS;

/** Background jobs that settle, refund, bill and pay out, compare with the provider, and retry and delete webhooks. */
export function jobs(deps: Deps): Job[] {
  return [
    { name: 'reconcile-payments', everyMs: RECONCILE_EVERY_MS, run: reconciliation(deps) },
    { name: 'issue-refunds', everyMs: ISSUE_REFUNDS_EVERY_MS, run: () => issueRefunds(deps) },
    { name: 'handle-webhooks', everyMs: HANDLE_WEBHOOKS_EVERY_MS, run: () => handleDueWebhooks(deps) },
    { name: 'run-billing', everyMs: RUN_BILLING_EVERY_MS, run: () => runBilling(deps) },
    { name: 'compare-with-provider', everyMs: COMPARE_EVERY_MS, run: () => compareWithProvider(deps) },
    { name: 'carry-out-decisions', everyMs: CARRY_OUT_EVERY_MS, run: () => carryOutDecisions(deps) },
    { name: 'settle-ended-shows', everyMs: SETTLE_SHOWS_EVERY_MS, run: () => settleEndedShows(deps) },
    { name: 'request-scheduled-payouts', everyMs: SETTLE_SHOWS_EVERY_MS, run: () => requestScheduledPayouts(deps) },
    { name: 'make-payouts', everyMs: MAKE_PAYOUTS_EVERY_MS, run: () => makePayouts(deps) },
    { name: 'remove-cards', everyMs: REMOVE_CARDS_EVERY_MS, run: () => removeCards(deps) },
    {
      name: 'delete-old-webhooks',
      everyMs: DAY_MS,
      run: () => deps.inbox.deleteReceivedBefore(new Date(deps.now().getTime() - WEBHOOK_RETENTION_MS)),
    },
  ];
}

/** The first run also takes over the payments of requests that died with the previous process. */
function reconciliation(deps: Deps): () => Promise<void> {
  let lookaheadMs = BUSY_MS;
  return async () => {
    const dueBy = new Date(deps.now().getTime() + lookaheadMs);
    lookaheadMs = 0;
    await reconcilePayments(deps, dueBy);
  };
}
