import { type Instruments, observe } from '@marquee/telemetry';

import type { MandateRepository } from './mandates.ts';

/** Exports how far billing is behind. */
export function observeBilling(
  mandates: Pick<MandateRepository, 'secondsOverdue'>,
  { metrics }: Instruments,
  now: () => Date,
): void {
  if (!metrics) return;
  observe(metrics, {
    name: 'marquee_billing_lag_seconds',
    help: 'How long the mandate that is longest overdue has waited to be charged',
    read: () => mandates.secondsOverdue(now()),
  });
}
