import type { BusinessCalendar } from './business-time.ts';
import {
  changePromise,
  endClock,
  nextStrike,
  promisedMs,
  reopenClock,
  resumeClock,
  type SlaClock,
  type SlaTarget,
  startClock,
  stopClock,
  strikeClock,
} from './sla.ts';
import type { SupportPriority } from './priority.ts';
import { NO_DEADLINE, type SupportTicket, type SupportTicketStatus } from './ticket.ts';

/** A change of a ticket under its lock. */
export interface Moment {
  readonly now: Date;
  readonly calendar: BusinessCalendar;
}

export interface SlaAlert {
  readonly target: SlaTarget;
  readonly breached: boolean;
}

type Clocks = Pick<SupportTicket, 'firstResponse' | 'resolution'>;

/** The clocks of a new ticket. */
export function startClocks(priority: SupportPriority, { now, calendar }: Moment): Clocks {
  const start = (target: SlaTarget): SlaClock => startClock(promisedMs(priority, target), now, calendar);
  return { firstResponse: start('FIRST_RESPONSE'), resolution: start('RESOLUTION') };
}

/** Whether a clock runs: while the ticket is open. A snooze does not put off the first answer. */
function runsIn(status: SupportTicketStatus, target: SlaTarget): boolean {
  return status === 'OPEN' || (status === 'SNOOZED' && target === 'FIRST_RESPONSE');
}

/** The ticket in another status, with the clocks that run in it. */
export function setStatus(
  ticket: SupportTicket,
  status: SupportTicketStatus,
  moment: Moment,
  snoozedUntil: Date | null = null,
): SupportTicket {
  const changed = { ...ticket, status, snoozedUntil: status === 'SNOOZED' ? snoozedUntil : null };
  if (status === ticket.status) return changed;
  const { now, calendar } = moment;
  if (status === 'RESOLVED') {
    // An answer that nobody needs any more is not owed.
    const end = (clock: SlaClock): SlaClock => endClock(clock, now, calendar);
    return { ...changed, ...eachClock(changed, end), resolvedAt: now };
  }
  const reopened = { ...changed, resolvedAt: null, ...(ticket.status === 'RESOLVED' && reopenedClocks(ticket)) };
  const run = (clock: SlaClock, target: SlaTarget): SlaClock =>
    runsIn(status, target)
      ? resumeClock(clock, promisedMs(ticket.priority, target), now, calendar)
      : stopClock(clock, now, calendar);
  return { ...reopened, ...eachClock(reopened, run) };
}

/** Under another priority the same time has passed, and another is promised. */
export function setPriority(
  ticket: SupportTicket,
  priority: SupportPriority,
  { now, calendar }: Moment,
): SupportTicket {
  if (priority === ticket.priority) return ticket;
  const change = (clock: SlaClock, target: SlaTarget): SlaClock => {
    const promise = { from: promisedMs(ticket.priority, target), to: promisedMs(priority, target) };
    return changePromise(clock, promise, now, calendar);
  };
  return { ...ticket, priority, ...eachClock(ticket, change) };
}

/** A message of the customer opens a ticket that waited. */
export function customerWrote(ticket: SupportTicket, moment: Moment): SupportTicket {
  return ticket.status === 'RESOLVED' ? ticket : setStatus(ticket, 'OPEN', moment);
}

/** The first message of an agent is the first response. */
export function agentWrote(ticket: SupportTicket, { now, calendar }: Moment): SupportTicket {
  return { ...ticket, firstResponse: endClock(ticket.firstResponse, now, calendar) };
}

/** Warnings, breaches and the end of a snooze whose time has come, each once. */
export function strike(ticket: SupportTicket, moment: Moment): { ticket: SupportTicket; alerts: SlaAlert[] } {
  const { snoozedUntil } = ticket;
  if (snoozedUntil !== null && snoozedUntil <= moment.now) {
    return { ticket: setStatus(ticket, 'OPEN', moment), alerts: [] };
  }
  const alerts: SlaAlert[] = [];
  const clocks = eachClock(ticket, (clock, target) => {
    const { clock: struck, struck: what } = strikeClock(clock, moment.now);
    if (what !== null) alerts.push({ target, breached: what === 'BREACHED' });
    return struck;
  });
  return { ticket: { ...ticket, ...clocks }, alerts };
}

/** When the next warning, breach or end of a snooze is due. */
export function nextCheck({ firstResponse, resolution, snoozedUntil }: SupportTicket): Date | null {
  return earliest([nextStrike(firstResponse), nextStrike(resolution), snoozedUntil]);
}

/** Its place in the queue: the earliest deadline that runs. */
export function queuePlace({ firstResponse, resolution }: Clocks): Date {
  return earliest([firstResponse.dueAt, resolution.dueAt]) ?? NO_DEADLINE;
}

function eachClock(clocks: Clocks, change: (clock: SlaClock, target: SlaTarget) => SlaClock): Clocks {
  return {
    firstResponse: change(clocks.firstResponse, 'FIRST_RESPONSE'),
    resolution: change(clocks.resolution, 'RESOLUTION'),
  };
}

/** A first response that was given stays given. */
function reopenedClocks({ firstResponse, resolution, resolvedAt }: SupportTicket): Clocks {
  const isUnanswered = firstResponse.metAt?.getTime() === resolvedAt?.getTime();
  return {
    firstResponse: isUnanswered ? reopenClock(firstResponse) : firstResponse,
    resolution: reopenClock(resolution),
  };
}

function earliest(moments: readonly (Date | null)[]): Date | null {
  const times = moments.flatMap((moment) => (moment === null ? [] : [moment.getTime()]));
  return times.length === 0 ? null : new Date(Math.min(...times));
}
