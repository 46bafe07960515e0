import type { SqlTransaction } from '@marquee/database';

import type { CalendarOf } from '../domain/ports.ts';
import { setStatus } from '../domain/ticket-changes.ts';
import { deskIn } from './desk.ts';

type Rows = readonly Readonly<Record<string, unknown>>[];

/** The data that support holds about people. */
export class PeopleRepository {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  /** A person's tickets, with the messages that they see; of work in support, what they did and when, without cases. */
  async export(userId: string): Promise<Readonly<Record<string, Rows>>> {
    const [tickets, written, onDuty, articles, countedMessages] = await Promise.all([
      this.#sql.$queryRaw<Rows>`
        SELECT t.id, t.subject, t.category::text, t.status::text, t.booking_id AS "bookingId",
          t.created_at AS "openedAt", t.resolved_at AS "resolvedAt", t.satisfaction_score AS "rating",
          t.satisfaction_comment AS "ratingComment", (SELECT json_agg(json_build_object('sentAt', m.sent_at,
            'from', CASE WHEN m.from_agent THEN 'support' ELSE 'you' END, 'text', m.text) ORDER BY m.sequence)
            FROM support_messages m WHERE m.ticket_id = t.id AND m.note = 0) AS messages
        FROM support_tickets t WHERE t.customer_id = ${userId} ORDER BY t.created_at`,
      this.#sql.$queryRaw<Rows>`
        SELECT ticket_id AS "ticketId", note > 0 AS "isNote", sent_at AS "sentAt" FROM support_messages
        WHERE author_id = ${userId} AND from_agent ORDER BY sent_at`,
      this.#sql.$queryRaw<Rows>`
        SELECT on_duty AS "onDuty", last_assigned_at AS "lastAssignedAt",
          ARRAY(SELECT id FROM support_tickets WHERE assignee_id = agent_id ORDER BY id) AS "ticketIds"
        FROM support_agents WHERE agent_id = ${userId}`,
      this.#sql.$queryRaw<Rows>`
        SELECT article_id AS "articleId", locale, updated_at AS "editedAt" FROM help_article_texts
        WHERE editor_id = ${userId} ORDER BY updated_at`,
      this.#sql.$queryRaw<Rows>`
        SELECT minute_start AS "minute", messages FROM support_writers WHERE user_id = ${userId}`,
    ]);
    return { tickets, countedMessages, writtenAsAgent: written, onDuty, editedHelpArticles: articles };
  }

  /**
   * Deletes what a person wrote and what was written to and about them. Times and scores stay for the team's figures.
   * A writer holds the ticket's lock, so that what was written before it was erased is deleted.
   */
  async erase(userId: string, calendars: CalendarOf): Promise<void> {
    await this.#sql.$executeRaw`DELETE FROM support_writers WHERE user_id = ${userId}`;
    const desk = deskIn(this.#sql);
    for (const ticket of await desk.lockAll({ customerId: userId })) {
      const moment = { now: ticket.asOf, calendar: calendars.of(ticket) };
      await desk.erase(ticket, setStatus(ticket, 'RESOLVED', moment));
    }
    await this.#sql.$executeRaw`
      DELETE FROM support_messages USING support_tickets
      WHERE support_tickets.id = ticket_id AND customer_id = ${userId}`;
    await this.dismiss(userId);
  }

  /** Somebody who works in support no longer: their tickets are nobody's until a job gives them to others. */
  async dismiss(agentId: string): Promise<void> {
    await this.#sql.$executeRaw`DELETE FROM support_agents WHERE agent_id = ${agentId}`;
    const desk = deskIn(this.#sql);
    for (const ticket of await desk.lockAll({ assigneeId: agentId })) {
      await desk.save(ticket, { ...ticket, assigneeId: null });
    }
  }
}
