import { createHash } from 'node:crypto';
import { badInput, CodedError } from '@marquee/errors';
import { type Sql, sql, type SqlTransaction } from './sql-client.ts';
import { isUniqueViolation } from './violations.ts';

/** A request that must take effect once. A key is unique to its caller and operation. */
export interface IdempotentRequest {
  client: SqlTransaction;
  caller: string;
  operation: string;
  /** A UUID chosen by the client. */
  key: string;
  /** The request's content; compared by value, regardless of the order of fields. */
  body: unknown;
}

/** The row that `make` must insert, with the new resource's id, in the transaction that creates the resource. */
export interface IdempotencyRow {
  caller: string;
  operation: string;
  key: string;
  requestHash: string;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Creates a resource at most once for an idempotency key; a repeated request gets the resource of the first.
 *
 * The primary key in the database decides, in races and in later repeats: the other `make` is rolled back, and its caller
 * gets the existing resource. Keys are looked up only after `make` has failed, so that a first request pays nothing.
 *
 * @param make - creates the resource and inserts `row` with its id through {@link insertIdempotencyKey} or
 * {@link keyInsert}, before any effect outside of that transaction.
 * @param replay - answers from the id of the existing resource.
 * @throws {CodedError} BAD_USER_INPUT when the key is not a UUID, IDEMPOTENCY_KEY_REUSED when it was used with another
 * body, IDEMPOTENCY_IN_PROGRESS when the first request has not committed yet.
 */
export async function idempotent<T>(
  request: IdempotentRequest,
  make: (row: IdempotencyRow) => Promise<T>,
  replay: (resourceId: string) => Promise<T>,
): Promise<T> {
  if (!UUID.test(request.key)) throw badInput('input.idempotencyKey', 'Send a UUID as the idempotency key.');
  const row = rowOf(request);
  try {
    return await make(row);
  } catch (error) {
    const created = await findResource(request.client, row);
    if (created !== undefined) return replay(created);
    throw isUniqueViolation(error, 'idempotency_keys_pkey') ? new CodedError('IDEMPOTENCY_IN_PROGRESS') : error;
  }
}

/** Records the resource created for a key; violates `idempotency_keys_pkey` when another request was first. */
export async function insertIdempotencyKey(tx: SqlTransaction, row: IdempotencyRow, resourceId: string): Promise<void> {
  await tx.$executeRaw(keyInsert(row, resourceId));
}

/**
 * The statement of {@link insertIdempotencyKey}, also as the part of a larger one.
 *
 * @param resourceId itself, or an expression over `given`
 * @param given a part of that statement with one row; without the row nothing is inserted
 */
export function keyInsert(row: IdempotencyRow, resourceId: string | Sql, given: Sql = sql`(VALUES (1)) AS given`): Sql {
  return sql`
    INSERT INTO idempotency_keys (caller, operation, key, request_hash, resource_id)
    SELECT ${row.caller}, ${row.operation}, ${row.key}, ${row.requestHash}, ${resourceId} FROM ${given}`;
}

/** Forgets the key that created a resource, so that the same request may be tried afresh. */
export async function releaseIdempotencyKey(tx: SqlTransaction, caller: string, resourceId: string): Promise<void> {
  await tx.$executeRaw`DELETE FROM idempotency_keys WHERE caller = ${caller} AND resource_id = ${resourceId}`;
}

/**
 * Deletes the keys recorded before `olderThan`.
 *
 * @returns how many
 */
export async function purgeIdempotencyKeys(client: SqlTransaction, olderThan: Date): Promise<number> {
  return client.$executeRaw`DELETE FROM idempotency_keys WHERE created_at < ${olderThan}`;
}

async function findResource(client: SqlTransaction, row: IdempotencyRow): Promise<string | undefined> {
  const [found] = await client.$queryRaw<{ requestHash: string; resourceId: string }[]>`
    SELECT request_hash AS "requestHash", resource_id AS "resourceId" FROM idempotency_keys
    WHERE caller = ${row.caller} AND operation = ${row.operation} AND key = ${row.key}`;
  if (found === undefined) return undefined;
  if (found.requestHash !== row.requestHash) throw new CodedError('IDEMPOTENCY_KEY_REUSED');
  return found.resourceId;
}

function rowOf({ caller, operation, key, body }: IdempotentRequest): IdempotencyRow {
  const requestHash = createHash('sha256')
    .update(JSON.stringify(sortKeys(body)))
    .digest('base64url');
  return { caller, operation, key: key.toLowerCase(), requestHash };
}

/** The value with the fields of every object sorted and undefined fields removed, as in JSON. */
function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value ?? null;
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(
    entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, field]) => [name, sortKeys(field)]),
  );
}
