import type pg from 'pg';

import type { Wrapping } from './wrapped-adapter.ts';

/** Sends a statement to a connection. */
export type Send = (statement: pg.QueryConfig) => Promise<pg.QueryResult>;

interface TransactOptions {
  readonly pool: pg.Pool;
  readonly wrapping: Pick<Wrapping, 'begin'>;
  /** The time after which the transaction is rolled back. */
  readonly timeoutMs: number;
}

/** Runs work in a transaction on one connection of a pool. @throws what `work` throws, after the rollback */
export async function transact<T>(
  { pool, wrapping: { begin: answered }, timeoutMs }: TransactOptions,
  work: (send: Send, connection: pg.ClientBase) => Promise<T>,
): Promise<T> {
  const connection = await answered(() => pool.connect());
  let isOpen = true;
  const send: Send = async (statement) => {
    if (!isOpen) throw new Error('The transaction is over.');
    return connection.query(statement);
  };
  try {
    await answered(() => connection.query('BEGIN'));
    const result = await withinTime(work(send, connection), timeoutMs);
    isOpen = false;
    await answered(() => commit(connection));
    connection.release();
    return result;
  } catch (error) {
    isOpen = false;
    const ended = connection.query('ROLLBACK').then(
      () => connection.release(),
      (lost: Error) => connection.release(lost),
    );
    // A statement that is still waiting for a lock would make the caller wait with it.
    if (!(error instanceof TransactionTimeout)) await ended;
    throw error;
  }
}

/** Postgres answers the COMMIT of a failed transaction with a rollback, and no error. */
async function commit(connection: pg.ClientBase): Promise<void> {
  const { command } = await connection.query('COMMIT');
  if (command !== 'COMMIT') throw new Error('A statement of the transaction had failed, so it was rolled back.');
}

/** Runs work on one connection of a pool, which is closed when `work` throws. */
export async function onConnection<T>(
  pool: pg.Pool,
  { begin: answered }: Pick<Wrapping, 'begin'>,
  work: (connection: pg.ClientBase) => Promise<T>,
): Promise<T> {
  const connection = await answered(() => pool.connect());
  try {
    const result = await work(connection);
    connection.release();
    return result;
  } catch (error) {
    connection.release(true);
    throw error;
  }
}

class TransactionTimeout extends Error {}

async function withinTime<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new TransactionTimeout(`The transaction took longer than ${ms} ms.`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
