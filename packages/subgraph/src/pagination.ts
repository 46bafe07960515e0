import { badInput, type CodedError } from '@marquee/errors';

/** The greatest page a client may ask for, as every connection's `first` says. */
export const MAX_PAGE = 100;

/** The values of the sort key of an item: what a cursor holds. */
export type CursorKey = readonly (string | number)[];

export interface PageArguments {
  /** How many items to return; ask the repository for one more to learn whether a next page follows. */
  readonly limit: number;
  /** The sort key of the item after which the page starts; null for the first page. */
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

/** The cursor is forged, or of another list. */
export function foreignCursor(): CodedError {
  return badInput('after', 'The cursor does not belong to this list.');
}

/** @throws {CodedError} BAD_USER_INPUT when the cursor was not made by {@link encodeCursor} with that many values. */
export function decodeCursor(cursor: string, size: number): CursorKey {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(key) && key.length === size && key.every(isKeyValue)) return key;
  } catch {
    // Not base64 of JSON: refused below like any other foreign cursor.
  }
  throw foreignCursor();
}

/** Texts that the database would refuse are none of its keys. */
function isKeyValue(value: unknown): value is string | number {
  return typeof value === 'string' ? !/[\p{Cc}\p{Cs}]/u.test(value) : typeof value === 'number';
}

/**
 * A time in a cursor, written as RFC 3339.
 *
 * @throws {CodedError} BAD_USER_INPUT when it is none, or in no year that every database has
 */
export function instantInCursor(value: CursorKey[number] | undefined): Date {
  const instant = new Date(typeof value === 'string' && /^[1-9]\d{3}-/.test(value) ? value : Number.NaN);
  if (Number.isNaN(instant.getTime())) throw foreignCursor();
  return instant;
}

/**
 * Checks the paging arguments of a connection.
 *
 * @param keySize how many values the list's sort key has
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

/** The place of an item in a list that has the latest first. */
export interface ListPosition {
  readonly createdAt: Date;
  readonly id: string;
}

/** The page that is asked for of a list that has the latest first. */
export interface LatestPage {
  /** As {@link PageArguments.limit}. */
  readonly limit: number;
  /** The item after which the page starts; null for the first page. */
  readonly after: ListPosition | null;
}

/** Checks the paging arguments of a list that has the latest first. @throws {CodedError} BAD_USER_INPUT */
export function latestPage(args: Parameters<typeof pageArguments>[0]): LatestPage {
  const { limit, after } = pageArguments(args, 2);
  if (after === null) return { limit, after };
  const [createdAt, id] = after;
  if (typeof id !== 'string') throw foreignCursor();
  return { limit, after: { createdAt: instantInCursor(createdAt), id } };
}

/** Makes a Relay connection of items, the latest first. @param found as {@link connection} wants it */
export function latestConnection<Node extends ListPosition>(
  found: readonly Node[],
  page: LatestPage,
): Connection<Node> {
  return connection(found, page, ({ createdAt, id }) => [createdAt.toISOString(), id]);
}

/**
 * Makes a Relay connection of the items that a repository found.
 *
 * @param found up to `page.limit + 1` items in order: one more than asked says that a next page follows
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
