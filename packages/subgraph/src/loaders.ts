import DataLoader from 'dataloader';

/**
 * A DataLoader by id.
 *
 * @param find returns the items with these ids, in any order; missing ones load as null
 */
export function byId<Item extends { readonly id: string }>(
  find: (ids: readonly string[]) => Promise<readonly Item[]>,
): DataLoader<string, Item | null> {
  return byKey(find, ({ id }) => id);
}

/** A DataLoader by a unique key; see {@link byId}. */
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
 * A DataLoader of lists by a foreign key, such as the tickets of bookings.
 *
 * @param find returns the items with any of these keys; each group keeps their order
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

/**
 * Opens one loader for each set of arguments that a field is asked with, such as the page of a list.
 *
 * @param open takes arguments that JSON tells apart
 */
export function perArguments<Args extends readonly unknown[], Loader>(
  open: (...args: Args) => Loader,
): (...args: Args) => Loader {
  const opened = new Map<string, Loader>();
  return (...args) => {
    const key = JSON.stringify(args);
    const loader = opened.get(key) ?? open(...args);
    opened.set(key, loader);
    return loader;
  };
}
