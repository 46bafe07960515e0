import { type Instruments, observe } from '@marquee/telemetry';

import type { TicketRepository } from './tickets.ts';

/** Exports what waits too long: tickets past their deadline or without an agent, and the job that watches them. */
export function observeTickets(tickets: TicketRepository, { metrics }: Instruments): void {
  if (!metrics) return;
  observe(metrics, {
    name: 'marquee_support_overdue_tickets',
    help: 'Open tickets whose deadline has passed',
    read: () => tickets.countOverdue(),
  });
  observe(metrics, {
    name: 'marquee_support_unassigned_tickets',
    help: 'Open tickets that nobody is assigned to',
    read: () => tickets.countUnassigned(),
  });
  observe(metrics, {
    name: 'marquee_support_unassigned_overdue_tickets',
    help: 'Open tickets whose deadline has passed and that nobody is assigned to',
    read: () => tickets.countOverdue({ unassigned: true }),
  });
  observe(metrics, {
    name: 'marquee_support_check_lag_seconds',
    help: 'How long the due check of a ticket that waits the longest has been due',
    read: () => tickets.checkLagSeconds(),
  });
}
