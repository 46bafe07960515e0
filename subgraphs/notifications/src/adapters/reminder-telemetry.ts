import { type Instruments, observe } from '@marquee/telemetry';

import type { ShowReminderRepository } from './show-reminders.ts';

/** Exports how late reminders are. */
export function observeReminders(shows: ShowReminderRepository, { metrics }: Instruments): void {
  if (!metrics) return;
  observe(metrics, {
    name: 'marquee_reminders_lag_seconds',
    help: 'How long the show that is due for longest has waited for its reminders',
    read: () => shows.lagSeconds(),
  });
}
