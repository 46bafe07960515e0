import type { IdempotencyRow } from '@marquee/database';

import type { BusinessCalendar } from './business-time.ts';
import type { ArticlePage, FoundArticle, HelpArticle } from './help-article.ts';
import type { BookingConcerned } from './priority.ts';
import type { Place, SupportMessage, SupportTicket } from './ticket.ts';
import type { SlaAlert } from './ticket-changes.ts';

/** A text that is added to a ticket. */
export interface NewText {
  readonly id: string;
  readonly authorId: string;
  readonly fromAgent: boolean;
  readonly text: string;
}

/** A ticket that does not exist yet, without what its place in the queue decides. */
export type NewTicket = Omit<SupportTicket, 'lastSequence' | 'lastNote' | 'version' | 'publicVersion' | 'queueVersion'>;

export interface SaveOptions {
  /** The agent whose change goes to the audit log. */
  readonly actorId?: string;
  readonly text?: NewText;
  readonly alerts?: readonly SlaAlert[];
}

/** One transaction on tickets. Locks are taken in the order writer, ticket, queue. */
export interface DeskTransaction {
  /** Lets a person's writing take turns, and counts a message. @throws {CodedError} RATE_LIMITED */
  countMessage(userId: string): Promise<void>;
  /** The tickets of a customer that are not resolved. */
  countUnresolved(customerId: string): Promise<number>;
  /** Locks a ticket, unless its customer's account was erased. Its `asOf` is the time of the change. */
  lock(ticketId: string): Promise<SupportTicket | null>;
  /** Locks the ticket that is due for a check the longest, unless somebody works on it. */
  lockDue(): Promise<SupportTicket | null>;
  /** Locks the open ticket that waits for an agent the longest, unless somebody works on it or left it unassigned. */
  lockUnassigned(): Promise<SupportTicket | null>;
  /** The ticket that goes on from a resolved one. */
  followerOf(ticketId: string): Promise<string | null>;
  /** When its customer wrote last. */
  customerWroteAt(ticketId: string): Promise<Date | null>;
  /** The time by the database's clock. */
  now(): Promise<Date>;
  /** Chooses the agent on duty with the fewest open tickets, other than the customer. Choices take turns. */
  leastBusyAgent(customerId: string): Promise<string | null>;
  isOnDuty(agentId: string): Promise<boolean>;
  isAgent(agentId: string): Promise<boolean>;
  /** Stores a new ticket with its first message and its events. */
  add(ticket: NewTicket, first: NewText): Promise<{ ticket: SupportTicket; message: SupportMessage }>;
  /** Stores a locked ticket's change, a message if any, and their events. */
  save(
    before: SupportTicket,
    after: SupportTicket,
    options?: SaveOptions,
  ): Promise<{ ticket: SupportTicket; message: SupportMessage | null }>;
  /** Locks the tickets of a customer that are not erased, or those of an agent that are not resolved. */
  lockAll(of: { readonly customerId: string } | { readonly assigneeId: string }): Promise<SupportTicket[]>;
  /** Empties a resolved ticket of everything that says something about its customer. Nobody writes in it any more. */
  erase(before: SupportTicket, resolved: SupportTicket): Promise<void>;
  /** Stores an internal note, which leaves everything that the customer sees as it was. */
  addNote(ticket: SupportTicket, note: NewText): Promise<SupportMessage>;
  /** See `insertIdempotencyKey` of @marquee/database. */
  recordKey(row: IdempotencyRow, resourceId: string): Promise<void>;
}

export interface Desk {
  transact<T>(work: (tx: DeskTransaction) => Promise<T>): Promise<T>;
}

export interface CalendarOf {
  of(place: Place): BusinessCalendar;
}

/** A booking as support sees it. */
export interface ConcernedBooking extends BookingConcerned, Place {
  readonly customerId: string;
}

/** The other domains that a new ticket asks. */
export interface Surroundings {
  /** @throws {CodedError} SUBGRAPH_UNAVAILABLE */
  booking(id: string): Promise<ConcernedBooking | null>;
  /** The customer's home city; the usual place when they have none or it cannot be asked for. */
  homeOf(customerId: string): Promise<Place>;
}

/** A text to save. */
export interface SavedArticle extends Pick<HelpArticle, 'id' | 'locale' | 'title' | 'body' | 'published'> {
  readonly isNew: boolean;
  /** The version that must be the latest; null for any. */
  readonly version: number | null;
  readonly editorId: string;
}

export interface HelpArticles {
  /** A page of articles, with up to `limit + 1`. */
  list(page: ArticlePage): Promise<FoundArticle[]>;
  /** The locales of articles that the reader's language does not lead to, those with most texts first, at most five. */
  otherLocales(page: ArticlePage): Promise<string[]>;
  /** The search in words that articles have; null when there is no other. */
  corrected(page: ArticlePage, search: string): Promise<string | null>;
  /** Saves a text, with an entry of the audit log. @returns why not, when the article is unknown or was changed */
  save(article: SavedArticle): Promise<HelpArticle | 'UNKNOWN' | 'CHANGED'>;
}
