import type { CalendarOf, NewText } from '../domain/ports.ts';
import type { SupportMessage, SupportTicket } from '../domain/ticket.ts';
import { agentWrote, customerWrote, type Moment, setStatus, startClocks } from '../domain/ticket-changes.ts';
import { type SeedTicket, TICKETS } from './tickets.ts';

const AGENT = 'usr_seed_agent';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const PLACE = { country: 'GB', region: 'ENG', timeZone: 'Europe/London' };
const SNOOZE_MS = 48 * HOUR_MS;

export interface SeededCase {
  readonly ticket: SupportTicket;
  readonly messages: readonly SupportMessage[];
}

/** The seeded cases as they would be, had they been opened and answered in the days before. */
export function seedCases(now: Date, calendars: CalendarOf): SeededCase[] {
  const calendar = calendars.of(PLACE);
  return TICKETS.map((seeded, index) => {
    const openedAt = new Date(now.getTime() - seeded.hoursAgo * HOUR_MS);
    const moment = (minutes: number): Moment => ({
      now: new Date(Math.min(openedAt.getTime() + minutes * MINUTE_MS, now.getTime())),
      calendar,
    });
    return played(seeded, `sup_seed_${index + 1}`, moment);
  });
}

function played(seeded: SeedTicket, id: string, at: (minutes: number) => Moment): SeededCase {
  const { lines, status, rating } = seeded;
  const messages: SupportMessage[] = [];
  let ticket = openedTicket(seeded, id, at(0));
  for (const [by, minutes, text] of lines) {
    const moment = at(minutes);
    const isNote = by === 'note';
    if (!isNote) ticket = { ...(by === 'agent' ? agentWrote(ticket, moment) : customerWrote(ticket, moment)) };
    ticket = counted(ticket, isNote, moment.now);
    const authorId = by === 'customer' ? ticket.customerId : AGENT;
    const line = { id: `msg_${id}_${messages.length + 1}`, authorId, fromAgent: by !== 'customer', text };
    messages.push(messageOf(ticket, line, moment.now));
  }
  const last = at((lines.at(-1)?.[1] ?? 0) + 5);
  const until = new Date(last.now.getTime() + SNOOZE_MS);
  const closed = setStatus(ticket, status, last, until);
  const satisfaction = rating ? { score: rating[0], comment: rating[1], at: last.now } : null;
  return { ticket: { ...closed, satisfaction, updatedAt: last.now }, messages };
}

function openedTicket(
  { customer, category, priority, subject }: SeedTicket,
  id: string,
  moment: Moment,
): SupportTicket {
  const { now } = moment;
  return {
    ...{ ...PLACE, id, customerId: `usr_seed_${customer}`, category, priority, subject },
    ...{ bookingId: null, followsId: null, status: 'OPEN', assigneeId: AGENT, leftUnassigned: false },
    ...startClocks(priority, moment),
    ...{ snoozedUntil: null, resolvedAt: null, satisfaction: null, queueAt: now },
    ...{ lastSequence: 0, lastNote: 0, version: 0, publicVersion: 0, queueVersion: 0 },
    ...{ createdAt: now, updatedAt: now, asOf: now },
  };
}

function counted(ticket: SupportTicket, isNote: boolean, now: Date): SupportTicket {
  const version = ticket.version + 1;
  if (isNote) return { ...ticket, version, lastNote: ticket.lastNote + 1 };
  const { lastSequence, publicVersion } = ticket;
  const counters = { lastSequence: lastSequence + 1, lastNote: 0, publicVersion: publicVersion + 1 };
  return { ...ticket, ...counters, version, updatedAt: now };
}

function messageOf(ticket: SupportTicket, text: NewText, sentAt: Date): SupportMessage {
  const { id: ticketId, customerId, lastSequence: sequence, lastNote: note, version, publicVersion } = ticket;
  return { ...text, ticketId, customerId, sequence, note, sentAt, version, publicVersion };
}
