import { type Sql, sql, type SqlDatabase, type SqlTransaction } from '@marquee/database';
import { outboxInsert } from '@marquee/events';
import { newId } from '@marquee/subgraph/ids';

import { newEvent } from '../../emits.ts';
import { type Features, featuresOf } from '../../domain/risk/features.ts';
import type { Standing } from '../../domain/risk/level.ts';
import type { Judge, Judged, Person } from '../../domain/risk/ports.ts';
import { featureStatement } from './features.ts';

type PersonRow = Omit<Person, 'features' | 'bookingId'>;

/** Scores people, each under the lock of their row: of several processes one at a time scores a person. */
export class RiskRepository {
  readonly #client: SqlDatabase;

  constructor(client: SqlDatabase) {
    this.#client = client;
  }

  /**
   * Scores people of whom something new is known. What is added meanwhile stays due: it is a row of its own.
   *
   * @param asOf null for now
   * @returns how many were due
   */
  scoreDue(limit: number, judge: Judge, asOf: Date | null = null): Promise<number> {
    return this.#client.$sqlTransaction(async (tx) => {
      const people = await claimDue(tx, limit, asOf);
      if (people.length === 0) return 0;
      const judged = (await withFeatures(tx, people)).map((person) => ({ ...person, ...judge(person) }));
      await new JudgedPeople(tx).save(judged);
      return people.length;
    });
  }

  /** The people who wait to be scored, and how long the first has waited, in seconds. */
  async due(): Promise<{ readonly people: number; readonly oldestSeconds: number }> {
    const [row] = await this.#client.$queryRaw<{ people: number; oldestSeconds: number }[]>`
      SELECT count(DISTINCT user_id)::int AS people,
        coalesce(extract(epoch FROM now() - min(due_at)), 0)::float AS "oldestSeconds" FROM risk_due`;
    return row ?? { people: 0, oldestSeconds: 0 };
  }

  async countAt(level: Standing['level']): Promise<number> {
    const [row] = await this.#client.$queryRaw<{ people: number }[]>`
      SELECT count(*)::int AS people FROM risk_people
      WHERE level = ${level}::risk_level AND coalesce(until, 'infinity') > now()`;
    return row?.people ?? 0;
  }
}

/** Takes rows of `risk_due` and locks the people in them. */
async function claimDue(tx: SqlTransaction, limit: number, asOf: Date | null): Promise<PersonRow[]> {
  return tx.$queryRaw<PersonRow[]>`
    WITH taken AS (
      DELETE FROM risk_due WHERE id = ANY (ARRAY (SELECT id FROM risk_due ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED))
      RETURNING user_id
    )
    INSERT INTO risk_people AS person (user_id) SELECT DISTINCT user_id FROM taken ORDER BY user_id
    ON CONFLICT (user_id) DO UPDATE SET user_id = excluded.user_id
    RETURNING ${personColumns(asOf === null ? sql`clock_timestamp()` : sql`${asOf}::timestamptz`)}`;
}

const personColumns = (at: Sql): Sql => sql`
  user_id AS "userId", ${at} AS at, version,
  jsonb_build_object('level', level, 'reasons', reasons, 'until', until) AS standing,
  CASE WHEN cleared_until > ${at} THEN cleared END AS cleared`;

/** The statement after the lock sees whatever was committed before it. */
async function withFeatures(tx: SqlTransaction, people: readonly PersonRow[]): Promise<Person[]> {
  const [{ at }] = people as readonly [PersonRow];
  const ids = people.map(({ userId }) => userId);
  const rows = await tx.$queryRaw<({ userId: string; bookingId: string | null } & Record<string, number>)[]>(
    featureStatement(ids, sql`${at}::timestamptz`),
  );
  const found = new Map(rows.map((row) => [row.userId, row]));
  return people.map((person) => ({
    ...person,
    cleared: person.cleared && featuresOf(person.cleared),
    standing: standingOf(person.standing),
    features: featuresOf(found.get(person.userId) ?? {}),
    bookingId: found.get(person.userId)?.bookingId ?? null,
  }));
}

function standingOf(stored: Standing): Standing {
  return { ...stored, until: stored.until && new Date(stored.until) };
}

/** Writes what was judged, within a transaction that has the people's locks. */
class JudgedPeople {
  readonly #tx: SqlTransaction;

  constructor(tx: SqlTransaction) {
    this.#tx = tx;
  }

  async save(judged: readonly Judged[]): Promise<void> {
    const rows = JSON.stringify(judged.map(rowOf));
    await this.#tx.$executeRaw`
      INSERT INTO risk_scores (user_id, scored_at, score, rule_score, model_score, model_version, features, reasons)
      SELECT "userId", at, score, "ruleScore", "modelScore", "modelVersion", features, reasons FROM ${judgedRows(rows)}
      ON CONFLICT (user_id, scored_at) DO UPDATE SET score = excluded.score, rule_score = excluded.rule_score,
        model_score = excluded.model_score, features = excluded.features, reasons = excluded.reasons`;
    await this.#changeStandings(judged.filter(({ standing, next }) => next !== standing));
    await this.#openCases(judged.filter(({ opensCase }) => opensCase));
  }

  async #changeStandings(changed: readonly Judged[]): Promise<void> {
    if (changed.length === 0) return;
    const events = changed.map(({ userId, version, next }) => riskChanged(userId, version + 1, next));
    await this.#tx.$executeRaw`
      WITH changed AS (
        UPDATE risk_people AS person SET version = person.version + 1, level = next.level, reasons = next.reasons,
          until = next.until
        FROM jsonb_to_recordset(${JSON.stringify(changed.map(({ userId, next }) => ({ userId, ...next })))}::jsonb)
          AS next ("userId" text, level risk_level, reasons text[], until timestamptz)
        WHERE person.user_id = next."userId" RETURNING person.*
      ), suspected AS (${suspectInsert(sql`changed`)}) ${outboxInsert(events)}`;
  }

  /** Opens a case of each person who has none that is open; where one is, it takes a higher score. */
  async #openCases(judged: readonly Judged[]): Promise<void> {
    if (judged.length === 0) return;
    const rows = JSON.stringify(judged.map((person) => ({ ...rowOf(person), caseId: newId('rsk') })));
    await this.#tx.$executeRaw`
      WITH judged AS (SELECT * FROM ${judgedRows(rows)}), raised AS (
        UPDATE risk_cases AS known SET score = judged.score, reasons = judged.reasons, features = judged.features,
          model_version = judged."modelVersion", booking_id = coalesce(judged."bookingId", known.booking_id)
        FROM judged WHERE known.user_id = judged."userId" AND known.status = 'OPEN' AND known.score < judged.score
      ), unopened AS (
        SELECT *, row_number() OVER (ORDER BY "userId") AS position FROM judged
        WHERE NOT EXISTS (SELECT FROM risk_cases AS known WHERE known.user_id = "userId" AND known.status = 'OPEN')
      ), queue AS (
        UPDATE risk_queue SET version = version + counted.cases
        FROM (SELECT count(*) AS cases FROM unopened HAVING count(*) > 0) AS counted
        RETURNING version - counted.cases AS before
      ), opened AS (
        INSERT INTO risk_cases (id, user_id, booking_id, status, score, reasons, model_version, features, detected_at,
          version)
        SELECT "caseId", "userId", "bookingId", 'OPEN', score, reasons, "modelVersion", features, at, before + position
        FROM unopened, queue RETURNING id, user_id, version
      )
      INSERT INTO outbox_events (id, type, key, payload)
      SELECT gen_random_uuid(), 'activity.risk-case-opened', id, jsonb_build_object('caseId', id, 'version', version)
      FROM opened ORDER BY version`;
  }
}

/** The clicks of whom somebody should look at count nothing. @param people a part of the statement with their rows */
export const suspectInsert = (people: Sql): Sql => sql`
  INSERT INTO suspects AS known (actor_id, reason, until)
  SELECT user_id, 'RISK', until FROM ${people} WHERE level IN ('CHALLENGE', 'BLOCK') ORDER BY user_id
  ON CONFLICT (actor_id) DO UPDATE SET reason = excluded.reason,
    until = CASE WHEN excluded.until IS NOT NULL THEN greatest(known.until, excluded.until) END`;

/** A level of risk as others are told of it. */
export function riskChanged(userId: string, version: number, { level, reasons, until }: Standing) {
  const payload = { userId, version, level, reasons: [...reasons], until: until?.toISOString() ?? null };
  return newEvent('activity.risk-changed', userId, payload);
}

function rowOf({ userId, at, bookingId, features, score }: Judged) {
  return { userId, at, bookingId, features: present(features), ...score };
}

/** Features without those that are 0. */
function present(features: Features): Partial<Features> {
  return Object.fromEntries(Object.entries(features).filter(([, value]) => value > 0));
}

const judgedRows = (rows: string): Sql => sql`jsonb_to_recordset(${rows}::jsonb) AS judged ("caseId" text,
  "userId" text, at timestamptz, "bookingId" text, features jsonb, score float, "ruleScore" float, "modelScore" float,
  "modelVersion" text, reasons text[])`;
