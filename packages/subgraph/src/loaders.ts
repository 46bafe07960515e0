import DataLoader from 'dataloader';

/**
 * Loads things by their ids, all that one request asks for by one call.
 *
 * @param find gives the things with these ids, in any order; those it leaves out load as null
 */
export function byId<Item extends { readonly id: string }>(
  find: (ids: readonly string[]) => Promise<readonly Item[]>,
): DataLoader<string, Item | null> {
  return byKey(find, ({ id }) => id);
}

/** Loads things by a key that each has one of; see {@link byId}. */
export function byKey<Item>(
  find: (keys: readonly string[]) => Promise<readonly Item[]>,
  keyOf: (item: Item) => string,
): DataLoader<string, Item | null> {
  return new DataLoader(async (keys) => {
    const found = new Map((await find(keys)).map((item) => [keyOf(item), item]));
    return keys.map((key) => found.get(key) ?? null);
  });
}

/**
 * Loads the things that belong to each of many, such as the tickets of bookings, by one call.
 *
 * @param find gives what belongs to any of these, in the order each group is to have
 */
export function groupedBy<Item>(
  find: (keys: readonly string[]) => Promise<readonly Item[]>,
  keyOf: (item: Item) => string | null,
): DataLoader<string, readonly Item[]> {
  return new DataLoader(async (keys) => {
    const groups = new Map<string | null, Item[]>(keys.map((key) => [key, []]));
    for (const item of await find(keys)) groups.get(keyOf(item))?.push(item);
    return keys.map((key) => groups.get(key) ?? []);
  });
}
