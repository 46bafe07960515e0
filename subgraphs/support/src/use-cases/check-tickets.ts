import type { CalendarOf, Desk, DeskTransaction } from '../domain/ports.ts';
import { strike } from '../domain/ticket-changes.ts';

export interface CheckTicketsDeps {
  readonly desk: Desk;
  readonly calendars: CalendarOf;
}

/** Tickets of one run; the next run goes on. */
const MAX_OF_A_RUN = 1_000;

/** Records due warnings and breaches, and wakes snoozed tickets: each in a transaction of its own, so each once. */
export function checkTickets({ desk, calendars }: CheckTicketsDeps): Promise<void> {
  return eachTicket(desk, async (tx) => {
    const due = await tx.lockDue();
    if (!due) return false;
    const { ticket, alerts } = strike(due, { now: due.asOf, calendar: calendars.of(due) });
    await tx.save(due, ticket, { alerts });
    return true;
  });
}

/** Gives tickets that nobody has to the least busy agents on duty. */
export function assignWaiting({ desk }: Pick<CheckTicketsDeps, 'desk'>): Promise<void> {
  return eachTicket(desk, async (tx) => {
    const ticket = await tx.lockUnassigned();
    const assigneeId = ticket && (await tx.leastBusyAgent(ticket.customerId));
    if (!ticket || assigneeId === null) return false;
    await tx.save(ticket, { ...ticket, assigneeId });
    return true;
  });
}

/** @param work returns false when there is none left */
async function eachTicket(desk: Desk, work: (tx: DeskTransaction) => Promise<boolean>): Promise<void> {
  for (let count = 0; count < MAX_OF_A_RUN; count += 1) if (!(await desk.transact(work))) return;
}
