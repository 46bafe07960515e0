import { badInput } from '@marquee/errors';
import { connection, type Connection, type CursorKey, pageArguments } from '@marquee/subgraph';

import type { CitySortKey, Page, ShowSortKey, TitleSortKey } from '../domain/listing.ts';
import { isUnprintable } from '../domain/text.ts';

interface PagingArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** The order of a list, translated between sort keys and cursors. */
interface ListOrder<SortKey> {
  /** @throws {CodedError} BAD_USER_INPUT for a page that is too long, and for another list's cursor */
  page(args: PagingArguments): Page<SortKey>;
  /** @param found up to `page.limit + 1` items */
  connection<Node extends SortKey>(found: readonly Node[], page: Page<SortKey>): Connection<Node>;
}

const invalidCursor = () => badInput('after', 'Use a cursor that this list returned.');

function listOrder<SortKey>(
  size: number,
  toCursor: (key: SortKey) => CursorKey,
  fromCursor: (cursor: CursorKey) => SortKey,
): ListOrder<SortKey> {
  return {
    page: (args) => {
      const { limit, after } = pageArguments(args, size);
      return { limit, after: after && fromCursor(after) };
    },
    connection: (found, { limit, after }) => connection(found, { limit, after: after && toCursor(after) }, toCursor),
  };
}

export const cityOrder = listOrder<CitySortKey>(
  3,
  ({ rank, searchName, code }) => [rank, searchName, code],
  ([rank, searchName, code]) => {
    if (typeof rank !== 'number') throw invalidCursor();
    return { rank, searchName: text(searchName), code: text(code) };
  },
);

export const titleOrder = listOrder<TitleSortKey>(
  2,
  ({ sortName, id }) => [sortName, id],
  ([sortName, id]) => ({ sortName: text(sortName), id: text(id) }),
);

export const showOrder = listOrder<ShowSortKey>(
  2,
  ({ startsAt, id }) => [startsAt.toISOString(), id],
  ([startsAt, id]) => ({ startsAt: instant(text(startsAt)), id: text(id) }),
);

function text(value: string | number | undefined): string {
  if (typeof value !== 'string' || isUnprintable(value)) throw invalidCursor();
  return value;
}

function instant(value: string): Date {
  const date = new Date(/^[1-9]\d{3}-/.test(value) ? value : Number.NaN);
  if (Number.isNaN(date.getTime())) throw invalidCursor();
  return date;
}
