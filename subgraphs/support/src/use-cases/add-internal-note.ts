import type { IdempotencyRow } from '@marquee/database';
import { notFound } from '@marquee/errors';
import type { RunIdempotently } from '@marquee/subgraph';
import { newId } from '@marquee/subgraph/ids';

import type { Desk, NewText } from '../domain/ports.ts';
import { MAX_NOTES, type SupportMessage } from '../domain/ticket.ts';
import { SupportTicketFullError } from '../errors.ts';
import { parseMessage } from './open-ticket.ts';

export interface AddInternalNoteDeps {
  readonly desk: Desk;
  readonly messages: { find(id: string): Promise<SupportMessage | null> };
  readonly runIdempotently: RunIdempotently;
}

export interface AddInternalNoteInput {
  readonly ticketId: string;
  readonly authorId: string;
  readonly text: string;
  /** Null where a repeat adds another note. */
  readonly idempotencyKey: string | null;
  /** @throws {CodedError} when the author does not work on the ticket */
  readonly assertMayAdd: () => Promise<void>;
}

/**
 * Adds an internal note, of which the customer learns nothing.
 *
 * @throws {SupportTicketFullError}
 * @throws {CodedError} BAD_USER_INPUT, RATE_LIMITED, NOT_FOUND, or an idempotency key's
 */
export function addInternalNote(deps: AddInternalNoteDeps, input: AddInternalNoteInput): Promise<SupportMessage> {
  const { ticketId, authorId, idempotencyKey: key } = input;
  const text = parseMessage(input.text, 'text');
  const make = async (row: IdempotencyRow | null): Promise<SupportMessage> => {
    await input.assertMayAdd();
    return addNote(deps, ticketId, { id: newId('msg'), authorId, fromAgent: true, text }, row);
  };
  if (key === null) return make(null);
  const request = { caller: authorId, operation: 'addInternalNote', key, body: { ticketId, text } };
  return deps.runIdempotently(request, make, (id) => findNote(deps, id));
}

/** @param row the record of the idempotency key; null without a key */
function addNote(
  { desk }: AddInternalNoteDeps,
  ticketId: string,
  note: NewText,
  row: IdempotencyRow | null,
): Promise<SupportMessage> {
  return desk.transact(async (tx) => {
    await tx.countMessage(note.authorId);
    const ticket = await tx.lock(ticketId);
    if (!ticket) throw notFound('ticket');
    if (ticket.lastNote >= MAX_NOTES) {
      throw new SupportTicketFullError(`${MAX_NOTES} notes follow the last message. Answer the customer first.`);
    }
    const added = await tx.addNote(ticket, note);
    if (row !== null) await tx.recordKey(row, added.id);
    return added;
  });
}

async function findNote({ messages }: AddInternalNoteDeps, id: string): Promise<SupportMessage> {
  const note = await messages.find(id);
  if (!note) throw notFound('note');
  return note;
}
