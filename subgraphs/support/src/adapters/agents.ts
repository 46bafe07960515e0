import type { SqlTransaction } from '@marquee/database';

/** Somebody who works in support, or did. */
export interface SupportAgent {
  readonly id: string;
  readonly onDuty: boolean;
  readonly openTickets: number;
}

/** Agents and their availability. */
export class AgentRepository {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  /** The agents, those on duty first. */
  async list(): Promise<SupportAgent[]> {
    return this.#sql.$queryRaw<SupportAgent[]>`
      SELECT a.agent_id AS id, a.on_duty AS "onDuty", (SELECT count(*)::int FROM support_tickets t
        WHERE t.assignee_id = a.agent_id AND t.status = 'OPEN') AS "openTickets"
      FROM support_agents a ORDER BY a.on_duty DESC, a.agent_id LIMIT 500`;
  }

  async setDuty(agentId: string, onDuty: boolean): Promise<void> {
    await this.#sql.$executeRaw`
      INSERT INTO support_agents (agent_id, on_duty) VALUES (${agentId}, ${onDuty}::boolean)
      ON CONFLICT (agent_id) DO UPDATE SET on_duty = excluded.on_duty`;
  }
}
