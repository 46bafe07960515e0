/** A pseudo-random integer from 0 to `count - 1`, determined by the words. */
export function pick(count: number, ...words: readonly (string | number)[]): number {
  // FNV-1a with a finalizer: its low bits alone hardly differ between similar words.
  let hash = 0x811c9dc5;
  for (const character of words.join('|')) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  hash ^= hash >>> 12;
  return (hash >>> 0) % count;
}

/** One of the items, determined by the words. */
export function pickOne<Item>(items: readonly Item[], ...words: readonly (string | number)[]): Item {
  const item = items[pick(items.length, ...words)];
  if (item === undefined) throw new Error('Cannot pick from an empty list');
  return item;
}
