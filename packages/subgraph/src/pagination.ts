import { badInput } from './errors.ts';

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

/** @throws {CodedError} BAD_USER_INPUT when the cursor was not made by {@link encodeCursor} with that many values. */
export function decodeCursor(cursor: string, size: number): CursorKey {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    const whole =
      Array.isArray(key) && key.length === size && key.every((value) => ['string', 'number'].includes(typeof value));
    if (whole) return key as CursorKey;
  } catch {
    // Not base64 of JSON: told below like any other foreign cursor.
  }
  throw badInput('after', 'The cursor does not belong to this list.');
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

/**
 * Makes a Relay connection of the items that a repository found.
 *
 * @param found up to `page.limit + 1` items in order: one more than asked says that a next page follows
 */
export function connection<Node>(
  found: readonly Node[],
  page: PageArguments,
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
