/** A page to ask for: oldest first, from one time (inclusive) to another (exclusive), after an item. */
export interface Page {
  readonly createdFrom: Date;
  readonly createdTo: Date;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** A page of a list. */
export interface List<View> {
  readonly data: View[];
  /** Whether more come after the last one. */
  readonly hasMore: boolean;
}

/** Selects the rows of a page and one more. */
export function selectionOf({ createdFrom, createdTo, after, limit }: Page) {
  return {
    where: { createdAt: { gte: createdFrom, lt: createdTo } },
    orderBy: [{ createdAt: 'asc' as const }, { id: 'asc' as const }],
    take: limit + 1,
    ...(after !== undefined && { cursor: { id: after }, skip: 1 }),
  };
}

export function listOf<Row, View>(rows: readonly Row[], { limit }: Page, view: (row: Row) => View): List<View> {
  return { data: rows.slice(0, limit).map(view), hasMore: rows.length > limit };
}
