import { badInput, type CodedError } from '@marquee/errors';

/** Maximum of every connection's `first`. */
export const MAX_PAGE = 100;

/** The values of an item's sort key, which its cursor encodes. */
export type CursorKey = readonly (string | number)[];

export interface PageArguments {
  /** Page size. Load one more item to know whether another page follows. */
  readonly limit: number;
  /** The sort key of the item before the page; null for the first page. */
  readonly after: CursorKey | null;
}

export interface Connection<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

export function encodeCursor(key: CursorKey): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** The error for a cursor that is forged or of another list. */
export function invalidCursor(): CodedError {
  return badInput('after', 'The cursor does not belong to this list.');
}

/** @throws {CodedError} BAD_USER_INPUT when the cursor is not one of {@link encodeCursor} with `size` values */
export function decodeCursor(cursor: string, size: number): CursorKey {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(key) && key.length === size && key.every(isKeyValue)) return key;
  } catch {
    // Not base64url of JSON.
  }
  throw invalidCursor();
}

/** Rejects strings that Postgres cannot store. */
function isKeyValue(value: unknown): value is string | number {
  return typeof value === 'string' ? !/[\p{Cc}\p{Cs}]/u.test(value) : typeof value === 'number';
}

/**
 * Parses an RFC 3339 time of a cursor.
 *
 * @throws {CodedError} BAD_USER_INPUT when it is not a time, or its year is outside 1000 to 9999
 */
export function instantInCursor(value: CursorKey[number] | undefined): Date {
  const instant = new Date(typeof value === 'string' && /^[1-9]\d{3}-/.test(value) ? value : Number.NaN);
  if (Number.isNaN(instant.getTime())) throw invalidCursor();
  return instant;
}

/**
 * Checks the paging arguments of a connection.
 *
 * @param keySize the number of values in the list's sort key
 * @throws {CodedError} BAD_USER_INPUT for `first` outside 0 to {@link MAX_PAGE} or a cursor of another list
 */
export function pageArguments(
  args: { first?: number | null | undefined; after?: string | null | undefined },
  keySize: number,
  defaultFirst = 20,
): PageArguments {
  const limit = args.first ?? defaultFirst;
  if (limit < 0 || limit > MAX_PAGE) throw badInput('first', `Ask for 0 to ${MAX_PAGE} items.`);
  return { limit, after: args.after ? decodeCursor(args.after, keySize) : null };
}

/** The sort key of a list ordered by creation, latest first. */
export interface ListPosition {
  readonly createdAt: Date;
  readonly id: string;
}

/** The requested page of a list ordered by creation, latest first. */
export interface LatestPage {
  /** See {@link PageArguments.limit}. */
  readonly limit: number;
  /** The item before the page; null for the first page. */
  readonly after: ListPosition | null;
}

/** Checks the paging arguments of a list ordered by creation. @throws {CodedError} BAD_USER_INPUT */
export function latestPage(args: Parameters<typeof pageArguments>[0]): LatestPage {
  const { limit, after } = pageArguments(args, 2);
  if (after === null) return { limit, after };
  const [createdAt, id] = after;
  if (typeof id !== 'string') throw invalidCursor();
  return { limit, after: { createdAt: instantInCursor(createdAt), id } };
}

/** Builds a Relay connection of a list ordered by creation. @param found see {@link connection} */
export function latestConnection<Node extends ListPosition>(
  found: readonly Node[],
  page: LatestPage,
): Connection<Node> {
  return connection(found, page, ({ createdAt, id }) => [createdAt.toISOString(), id]);
}

/**
 * Builds a Relay connection.
 *
 * @param found up to `page.limit + 1` items in order; the extra one shows that another page follows
 */
export function connection<Node>(
  found: readonly Node[],
  page: { readonly limit: number; readonly after: unknown },
  keyOf: (node: Node) => CursorKey,
): Connection<Node> {
  const edges = found.slice(0, page.limit).map((node) => ({ cursor: encodeCursor(keyOf(node)), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: found.length > page.limit,
      hasPreviousPage: page.after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
