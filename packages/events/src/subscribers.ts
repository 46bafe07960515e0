import type { SqlDatabase, SqlTransaction } from '@marquee/database';

import type { Subscriber } from './event-log.ts';
import { awaitOutboxLock } from './outbox-rows.ts';
import { KEEP_PUBLISHED_SECONDS } from './retention.ts';

type Known = Pick<Subscriber, 'inbox' | 'generation' | 'types'>;

/** Counts the start of a consumer's process in the database of its inbox. */
export async function introduction(
  client: SqlTransaction,
  consumer: string,
): Promise<Pick<Subscriber, 'inbox' | 'generation'>> {
  const rows = await client.$queryRaw<Pick<Subscriber, 'inbox' | 'generation'>[]>`
    INSERT INTO inbox_consumers (consumer, generation) VALUES (${consumer}, 1)
    ON CONFLICT (consumer) DO UPDATE SET generation = inbox_consumers.generation + 1
    RETURNING inbox::text, generation`;
  return rows[0] as Pick<Subscriber, 'inbox' | 'generation'>;
}

/**
 * Records a consumer of the domain's events, from now on expected to acknowledge those of its types.
 *
 * Of types that are new to it, or all when its inbox is a new one, the events that the outbox keeps are delivered too.
 *
 * @param withinMs until these are delivered again, if it has not read them in the log by then
 */
export async function recordSubscriber(
  client: SqlDatabase,
  subscriber: Omit<Subscriber, 'at'>,
  withinMs: number,
): Promise<void> {
  const { consumer, inbox, generation, types } = subscriber;
  await client.$sqlTransaction(async (tx) => {
    // An event that is being published is seen either here or by what publishes it.
    await awaitOutboxLock(tx);
    const known = await knownSubscriber(tx, consumer);
    const isSame = known?.inbox === inbox;
    if (isSame && known.generation >= generation) return;
    await tx.$executeRaw`
      INSERT INTO event_subscribers (consumer, inbox, generation, types)
      VALUES (${consumer}, ${inbox}::uuid, ${generation}, ${types}::text[])
      ON CONFLICT (consumer) DO UPDATE SET
        inbox = excluded.inbox, generation = excluded.generation, types = excluded.types`;
    await forgetOtherTypes(tx, subscriber);
    const added = isSame ? types.filter((type) => !known.types.includes(type)) : types;
    await expectPublished(tx, { consumer, types: added }, withinMs);
  });
}

async function knownSubscriber(tx: SqlTransaction, consumer: string): Promise<Known | undefined> {
  const [known] = await tx.$queryRaw<Known[]>`
    SELECT inbox::text, generation, types FROM event_subscribers WHERE consumer = ${consumer}`;
  return known;
}

async function forgetOtherTypes(
  tx: SqlTransaction,
  { consumer, types }: Pick<Subscriber, 'consumer' | 'types'>,
): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM unacknowledged_events u USING outbox_events e
    WHERE u.consumer = ${consumer} AND e.seq = u.seq AND e.type <> ALL (${types}::text[])`;
}

async function expectPublished(
  tx: SqlTransaction,
  { consumer, types }: Pick<Subscriber, 'consumer' | 'types'>,
  withinMs: number,
): Promise<void> {
  if (types.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO unacknowledged_events (consumer, seq, due_at)
    SELECT ${consumer}, seq, statement_timestamp() + make_interval(secs => ${withinMs / 1_000}::float8)
    FROM outbox_events
    WHERE type = ANY (${types}::text[]) AND published_at > now() - make_interval(secs => ${KEEP_PUBLISHED_SECONDS})
    ON CONFLICT DO NOTHING`;
}

/** Forgets a consumer that will not come back. @returns whether the domain knew it */
export async function forgetSubscriber(client: SqlDatabase, consumer: string): Promise<boolean> {
  return client.$sqlTransaction(async (tx) => {
    await awaitOutboxLock(tx);
    await tx.$executeRaw`DELETE FROM unacknowledged_events WHERE consumer = ${consumer}`;
    return (await tx.$executeRaw`DELETE FROM event_subscribers WHERE consumer = ${consumer}`) === 1;
  });
}
