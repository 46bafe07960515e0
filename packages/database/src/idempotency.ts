import { createHash } from 'node:crypto';
import { badInput, CodedError } from '@marquee/errors';
import type { SqlTransaction } from './sql-client.ts';
import { isUniqueViolation } from './violations.ts';

/** One request that must take effect once. Keys are told apart by caller and operation. */
export interface IdempotentRequest {
  client: SqlTransaction;
  caller: string;
  operation: string;
  /** The UUID that the client made. */
  key: string;
  /** Everything that makes the request what it is; compared by value, the order of fields does not matter. */
  body: unknown;
}

/** What `make` must record, with the id of what it made, in the same transaction or statement. */
export interface IdempotencyRow {
  caller: string;
  operation: string;
  key: string;
  requestHash: string;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Makes something at most once for a key, and answers each repetition with what was made first.
 *
 * The unique key in the database decides: when two requests race, the loser's `make` fails as a whole, on the row it
 * must insert or on what the winner changed, and its caller gets what the winner made.
 *
 * @param make - makes the resource and records `row` with the resource's id through {@link insertIdempotencyKey}.
 * @param replay - answers from the id of what was made before.
 * @throws {CodedError} BAD_USER_INPUT when the key is not a UUID, IDEMPOTENCY_KEY_REUSED when it came with another body
 * before, IDEMPOTENCY_IN_PROGRESS when it is taken and what it made cannot be seen yet.
 */
export async function idempotent<T>(
  request: IdempotentRequest,
  make: (row: IdempotencyRow) => Promise<T>,
  replay: (resourceId: string) => Promise<T>,
): Promise<T> {
  if (!UUID.test(request.key)) throw badInput('input.idempotencyKey', 'Send a UUID as the idempotency key.');
  const row = rowOf(request);
  const earlier = await resourceMadeFor(request.client, row);
  if (earlier !== undefined) return replay(earlier);
  try {
    return await make(row);
  } catch (error) {
    const winners = await resourceMadeFor(request.client, row);
    if (winners !== undefined) return replay(winners);
    throw isUniqueViolation(error, 'idempotency_keys_pkey') ? new CodedError('IDEMPOTENCY_IN_PROGRESS') : error;
  }
}

/** Records what was made for a key; fails on `idempotency_keys_pkey` when another request was first. */
export async function insertIdempotencyKey(tx: SqlTransaction, row: IdempotencyRow, resourceId: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO idempotency_keys (caller, operation, key, request_hash, resource_id)
    VALUES (${row.caller}, ${row.operation}, ${row.key}, ${row.requestHash}, ${resourceId})`;
}

/**
 * Forgets the keys recorded before `olderThan`.
 *
 * @returns how many were forgotten.
 */
export async function purgeIdempotencyKeys(client: SqlTransaction, olderThan: Date): Promise<number> {
  return client.$executeRaw`DELETE FROM idempotency_keys WHERE created_at < ${olderThan}`;
}

async function resourceMadeFor(client: SqlTransaction, row: IdempotencyRow): Promise<string | undefined> {
  const [found] = await client.$queryRaw<{ requestHash: string; resourceId: string }[]>`
    SELECT request_hash AS "requestHash", resource_id AS "resourceId" FROM idempotency_keys
    WHERE caller = ${row.caller} AND operation = ${row.operation} AND key = ${row.key}`;
  if (found === undefined) return undefined;
  if (found.requestHash !== row.requestHash) throw new CodedError('IDEMPOTENCY_KEY_REUSED');
  return found.resourceId;
}

function rowOf({ caller, operation, key, body }: IdempotentRequest): IdempotencyRow {
  const requestHash = createHash('sha256')
    .update(JSON.stringify(inOrder(body)))
    .digest('base64url');
  return { caller, operation, key: key.toLowerCase(), requestHash };
}

/** The same value with the fields of every object sorted; what JSON leaves out (undefined) is left out. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value ?? null;
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(
    entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, field]) => [name, inOrder(field)]),
  );
}
