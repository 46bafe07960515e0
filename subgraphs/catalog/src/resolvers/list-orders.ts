import { connection, type CursorKey, invalidCursor, instantInCursor, pageArguments } from '@marquee/subgraph';

import type {
  CitySortKey,
  Page,
  RankedTitleSortKey,
  ShowSortKey,
  TitleSortKey,
  VenueSortKey,
} from '../domain/listing.ts';

/** The order of a list, translated between sort keys and cursors. @param size how many values a sort key has */
function listOrder<SortKey>(
  size: number,
  toCursor: (key: SortKey) => CursorKey,
  fromCursor: (cursor: CursorKey) => SortKey,
) {
  return {
    /** @throws {CodedError} BAD_USER_INPUT for a page that is too long, and for another list's cursor */
    page: (args: Parameters<typeof pageArguments>[0]): Page<SortKey> => {
      const { limit, after } = pageArguments(args, size);
      return { limit, after: after && fromCursor(after) };
    },
    /** @param found up to `page.limit + 1` items */
    connection: <Node extends SortKey>(found: readonly Node[], page: Page<SortKey>) =>
      connection(found, page, toCursor),
  };
}

export const cityOrder = listOrder<CitySortKey>(
  3,
  ({ rank, searchName, code }) => [rank, searchName, code],
  ([rank, searchName, code]) => ({ rank: number(rank), searchName: text(searchName), code: text(code) }),
);

export const venueOrder = listOrder<VenueSortKey>(
  2,
  ({ name, id }) => [name, id],
  ([name, id]) => ({ name: text(name), id: text(id) }),
);

export const rankedTitleOrder = listOrder<RankedTitleSortKey>(
  3,
  ({ rank, sortName, id }) => [rank, sortName, id],
  ([rank, sortName, id]) => ({ rank: number(rank), sortName: text(sortName), id: text(id) }),
);

export const titleOrder = listOrder<TitleSortKey>(
  2,
  ({ sortName, id }) => [sortName, id],
  ([sortName, id]) => ({ sortName: text(sortName), id: text(id) }),
);

export const showOrder = listOrder<ShowSortKey>(
  2,
  ({ startsAt, id }) => [startsAt.toISOString(), id],
  ([startsAt, id]) => ({ startsAt: instantInCursor(startsAt), id: text(id) }),
);

function text(value: CursorKey[number] | undefined): string {
  if (typeof value !== 'string') throw invalidCursor();
  return value;
}

function number(value: CursorKey[number] | undefined): number {
  if (typeof value !== 'number') throw invalidCursor();
  return value;
}
