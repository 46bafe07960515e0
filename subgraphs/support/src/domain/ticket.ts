import type { SupportCategory, SupportPriority } from './priority.ts';
import type { SlaClock } from './sla.ts';

/** `OPEN` waits for support, `PENDING` for the customer, `SNOOZED` for a moment; `RESOLVED` is the end. */
export type SupportTicketStatus = 'OPEN' | 'PENDING' | 'SNOOZED' | 'RESOLVED';
export type SlaStatus = 'ON_TRACK' | 'AT_RISK' | 'BREACHED' | 'PAUSED' | 'MET';

/** The place by whose business hours a ticket is handled. */
export interface Place {
  /** ISO 3166-1. */
  readonly country: string;
  /** The second part of ISO 3166-2, where holidays differ within the country. */
  readonly region: string | null;
  readonly timeZone: string;
}

export interface Satisfaction {
  readonly score: number;
  readonly comment: string | null;
  readonly at: Date;
}

/** A customer's case. */
export interface SupportTicket extends Place {
  readonly id: string;
  readonly customerId: string;
  readonly bookingId: string | null;
  readonly category: SupportCategory;
  readonly subject: string;
  readonly status: SupportTicketStatus;
  readonly priority: SupportPriority;
  readonly assigneeId: string | null;
  /** Whether an agent made it nobody's: it stays so until somebody takes it. */
  readonly leftUnassigned: boolean;
  /** The resolved ticket that this one goes on from. */
  readonly followsId: string | null;
  readonly firstResponse: SlaClock;
  readonly resolution: SlaClock;
  readonly snoozedUntil: Date | null;
  readonly resolvedAt: Date | null;
  readonly satisfaction: Satisfaction | null;
  readonly lastSequence: number;
  readonly lastNote: number;
  /** Counts every change. */
  readonly version: number;
  /** Counts the changes that the customer sees. */
  readonly publicVersion: number;
  readonly queueVersion: number;
  readonly queueAt: Date;
  readonly createdAt: Date;
  /** The last change that the customer sees. */
  readonly updatedAt: Date;
  /** When it was read, by the database's clock. */
  readonly asOf: Date;
}

/** A text of the chat, or an internal note. */
export interface SupportMessage {
  readonly id: string;
  readonly ticketId: string;
  readonly customerId: string;
  /** From 1, without a gap; of an internal note that of the message before it. */
  readonly sequence: number;
  /** 0 of a message; internal notes after the same message count from 1. */
  readonly note: number;
  readonly authorId: string;
  readonly fromAgent: boolean;
  readonly text: string;
  readonly sentAt: Date;
  readonly version: number;
  readonly publicVersion: number;
}

export const MAX_SUBJECT_LENGTH = 200;
export const MAX_TEXT_LENGTH = 5_000;
export const MAX_COMMENT_LENGTH = 1_000;
/** Tickets of a customer that are not resolved. */
export const MAX_UNRESOLVED = 10;
/** Messages of a person in a minute, in all tickets. */
export const MAX_MESSAGES_A_MINUTE = 20;
/** Messages of a ticket, and internal notes after one message. */
export const MAX_MESSAGES = 2_000;
export const MAX_NOTES = 100;

/** The queue's place of a ticket whose clocks stand. */
export const NO_DEADLINE = new Date('9999-12-31T00:00:00.000Z');

/** How its promises stand. A missed one stays missed. */
export function slaStatus({ status, firstResponse, resolution, asOf }: SupportTicket): SlaStatus {
  const clocks = [firstResponse, resolution];
  if (clocks.some(({ breachedAt, dueAt }) => breachedAt !== null || (dueAt !== null && dueAt <= asOf)))
    return 'BREACHED';
  if (status === 'RESOLVED') return 'MET';
  if (clocks.every(({ dueAt }) => dueAt === null)) return 'PAUSED';
  return clocks.some(({ warnAt }) => warnAt !== null && warnAt <= asOf) ? 'AT_RISK' : 'ON_TRACK';
}
