import { badInput } from '@marquee/errors';
import { connection, type Connection, type CursorKey, pageArguments } from '@marquee/subgraph';

import type { CityPosition, Page, ShowPosition, TitlePosition } from '../domain/ports.ts';
import { isUnprintable } from '../domain/text.ts';

interface PagingArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** The order of a list: where an item stands in it, and the cursor that says so. */
interface Order<Position> {
  /** @throws {CodedError} BAD_USER_INPUT for a page that is too long or a cursor of another list */
  page(args: PagingArguments): Page<Position>;
  /** @param found up to `page.limit + 1` items */
  connection<Node extends Position>(found: readonly Node[], page: Page<Position>): Connection<Node>;
}

const foreign = () => badInput('after', 'The cursor does not belong to this list.');

function order<Position>(
  size: number,
  keyOf: (position: Position) => CursorKey,
  positionOf: (key: CursorKey) => Position,
): Order<Position> {
  return {
    page: (args) => {
      const { limit, after } = pageArguments(args, size);
      return { limit, after: after && positionOf(after) };
    },
    connection: (found, { limit, after }) => connection(found, { limit, after: after && keyOf(after) }, keyOf),
  };
}

export const cityOrder = order<CityPosition>(
  3,
  ({ rank, searchName, code }) => [rank, searchName, code],
  ([rank, searchName, code]) => {
    if (typeof rank !== 'number') throw foreign();
    return { rank, searchName: text(searchName), code: text(code) };
  },
);

export const titleOrder = order<TitlePosition>(
  2,
  ({ sortName, id }) => [sortName, id],
  ([sortName, id]) => ({ sortName: text(sortName), id: text(id) }),
);

export const showOrder = order<ShowPosition>(
  2,
  ({ startsAt, id }) => [startsAt.toISOString(), id],
  ([startsAt, id]) => ({ startsAt: instant(text(startsAt)), id: text(id) }),
);

function text(value: string | number | undefined): string {
  if (typeof value !== 'string' || isUnprintable(value)) throw foreign();
  return value;
}

function instant(value: string): Date {
  const date = new Date(/^[1-9]\d{3}-/.test(value) ? value : Number.NaN);
  if (Number.isNaN(date.getTime())) throw foreign();
  return date;
}
