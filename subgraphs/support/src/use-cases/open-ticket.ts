import type { IdempotencyRow } from '@marquee/database';
import { badInput, notFound } from '@marquee/errors';
import type { FairQueue } from '@marquee/fair-queue';
import type { RunIdempotently } from '@marquee/subgraph';
import { newId } from '@marquee/subgraph/ids';

import type { CalendarOf, DeskTransaction, Desk, Surroundings } from '../domain/ports.ts';
import { openingPriority, type SupportCategory, type SupportPriority } from '../domain/priority.ts';
import { parseLine, parseText } from '../domain/text.ts';
import {
  MAX_SUBJECT_LENGTH,
  MAX_TEXT_LENGTH,
  MAX_UNRESOLVED,
  NO_DEADLINE,
  type Place,
  type SupportTicket,
} from '../domain/ticket.ts';
import { startClocks } from '../domain/ticket-changes.ts';
import { TooManyOpenTicketsError } from '../errors.ts';

export interface OpenTicketDeps {
  readonly desk: Desk;
  readonly calendars: CalendarOf;
  readonly surroundings: Surroundings;
  /** See `customerQueue` of @marquee/subgraph. */
  readonly turns: Pick<FairQueue, 'run'>;
  readonly runIdempotently: RunIdempotently;
  readonly tickets: { find(id: string): Promise<SupportTicket | null> };
}

export interface OpenTicketInput {
  readonly customerId: string;
  readonly subject: string;
  readonly text: string;
  readonly bookingId: string | null;
  readonly category: SupportCategory;
  /** Null where a repeat opens another ticket. */
  readonly idempotencyKey: string | null;
}

/**
 * Opens a ticket, and assigns it to the least busy agent on duty.
 *
 * @throws {TooManyOpenTicketsError}
 * @throws {CodedError} BAD_USER_INPUT, RATE_LIMITED, an idempotency key's, or NOT_FOUND for a booking of somebody else
 */
export async function openTicket(deps: OpenTicketDeps, input: OpenTicketInput): Promise<SupportTicket> {
  const { customerId, bookingId, category, idempotencyKey: key } = input;
  const subject = parseLine(input.subject, MAX_SUBJECT_LENGTH);
  if (subject === null) throw badInput('input.subject', `Enter a subject of 1 to ${MAX_SUBJECT_LENGTH} characters.`);
  const text = parseMessage(input.text, 'input.text');
  const asked = { customerId, subject, bookingId, category };
  const make = (row: IdempotencyRow | null) => open(deps, asked, text, row);
  if (key === null) return deps.turns.run(customerId, () => make(null));
  const request = { caller: customerId, operation: 'openSupportTicket', key, body: { ...asked, text } };
  return deps.turns.run(customerId, () => deps.runIdempotently(request, make, (id) => findOpened(deps, id)));
}

async function findOpened({ tickets }: OpenTicketDeps, id: string): Promise<SupportTicket> {
  const ticket = await tickets.find(id);
  if (!ticket) throw notFound('ticket');
  return ticket;
}

/** @param row the record of the idempotency key; null without a key */
async function open(
  deps: OpenTicketDeps,
  asked: Pick<OpenedTicket, 'customerId' | 'subject' | 'bookingId' | 'category'>,
  text: string,
  row: IdempotencyRow | null,
): Promise<SupportTicket> {
  const { customerId, bookingId, category } = asked;
  const booking = bookingId === null ? null : await deps.surroundings.booking(bookingId);
  if (bookingId !== null && booking?.customerId !== customerId) throw notFound('booking');
  const place = booking ?? (await deps.surroundings.homeOf(customerId));
  return deps.desk.transact(async (tx) => {
    await tx.countMessage(customerId);
    const priority = openingPriority(category, booking, await tx.now());
    const { ticket } = await addTicket(deps, tx, { ...asked, priority, place, followsId: null }, text);
    if (row !== null) await tx.recordKey(row, ticket.id);
    return ticket;
  });
}

/** A text of the chat without surrounding space. @throws {CodedError} BAD_USER_INPUT */
export function parseMessage(text: string, field: string): string {
  const parsed = parseText(text, MAX_TEXT_LENGTH);
  if (parsed === null) throw badInput(field, `Enter a text of 1 to ${MAX_TEXT_LENGTH} characters.`);
  return parsed;
}

export interface OpenedTicket {
  readonly customerId: string;
  readonly subject: string;
  readonly bookingId: string | null;
  readonly category: SupportCategory;
  readonly priority: SupportPriority;
  readonly place: Place;
  readonly followsId: string | null;
}

/** Adds a ticket of a customer whose turn it is. @throws {TooManyOpenTicketsError} */
export async function addTicket(
  { calendars }: Pick<OpenTicketDeps, 'calendars'>,
  tx: DeskTransaction,
  { place: { country, region, timeZone }, ...opened }: OpenedTicket,
  text: string,
) {
  const { customerId, priority } = opened;
  if ((await tx.countUnresolved(customerId)) >= MAX_UNRESOLVED) throw new TooManyOpenTicketsError(MAX_UNRESOLVED);
  const assigneeId = await tx.leastBusyAgent(customerId);
  const now = await tx.now();
  const place = { country, region, timeZone };
  return tx.add(
    {
      ...{ ...opened, ...place, id: newId('sup'), status: 'OPEN', assigneeId, leftUnassigned: false },
      ...startClocks(priority, { now, calendar: calendars.of(place) }),
      ...{ snoozedUntil: null, resolvedAt: null, satisfaction: null },
      ...{ createdAt: now, updatedAt: now, asOf: now, queueAt: NO_DEADLINE },
    },
    { id: newId('msg'), authorId: customerId, fromAgent: false, text },
  );
}
