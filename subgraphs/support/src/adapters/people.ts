import type { SqlTransaction } from '@marquee/database';

import { NO_DEADLINE } from '../domain/ticket.ts';

/** The data that support holds about people. */
export class PeopleRepository {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  /** A person's tickets, with the messages that they see, and what they wrote as an agent. */
  async export(userId: string): Promise<Readonly<Record<string, unknown>>> {
    const tickets = await this.#sql.$queryRaw<Record<string, unknown>[]>`
      SELECT t.id, t.subject, t.category::text, t.status::text, t.booking_id AS "bookingId",
        t.created_at AS "openedAt", t.resolved_at AS "resolvedAt", t.satisfaction_score AS "rating",
        t.satisfaction_comment AS "ratingComment", (SELECT json_agg(json_build_object('sentAt', m.sent_at,
          'from', CASE WHEN m.from_agent THEN 'support' ELSE 'you' END, 'text', m.text) ORDER BY m.sequence)
          FROM support_messages m WHERE m.ticket_id = t.id AND m.note = 0) AS messages
      FROM support_tickets t WHERE t.customer_id = ${userId} ORDER BY t.created_at`;
    const answers = await this.#sql.$queryRaw<Record<string, unknown>[]>`
      SELECT m.ticket_id AS "ticketId", m.sent_at AS "sentAt", m.text FROM support_messages m
      WHERE m.author_id = ${userId} AND m.from_agent ORDER BY m.sent_at`;
    return { tickets, ...(answers.length > 0 && { writtenAsAgent: answers }) };
  }

  /**
   * Deletes what a person wrote and what was written to and about them. Times and scores stay for the team's figures.
   * A writer holds the ticket's lock, so the second statement sees what was written before the ticket was erased.
   */
  async erase(userId: string): Promise<void> {
    await this.#sql.$executeRaw`DELETE FROM support_writers WHERE user_id = ${userId}`;
    await this.#sql.$executeRaw`
      UPDATE support_tickets SET erased_at = now(), subject = 'Deleted', booking_id = NULL,
        satisfaction_comment = NULL, status = 'RESOLVED', resolved_at = coalesce(resolved_at, now()),
        snoozed_until = NULL, queue_at = ${NO_DEADLINE}::timestamptz, check_at = NULL, last_sequence = 0,
        last_note = 0, version = version + 1, public_version = public_version + 1
      WHERE customer_id = ${userId} AND erased_at IS NULL`;
    await this.#sql.$executeRaw`
      DELETE FROM support_messages USING support_tickets
      WHERE support_tickets.id = ticket_id AND customer_id = ${userId}`;
    await this.dismiss(userId);
  }

  /** Somebody who works in support no longer: their tickets are given to others. */
  async dismiss(agentId: string): Promise<void> {
    await this.#sql.$executeRaw`DELETE FROM support_agents WHERE agent_id = ${agentId}`;
    await this.#sql.$executeRaw`
      UPDATE support_tickets SET assignee_id = NULL WHERE assignee_id = ${agentId} AND status <> 'RESOLVED'`;
  }
}
