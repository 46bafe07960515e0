/** A number from 0 to below `count` that the words decide: the same ones always give the same. */
export function pick(count: number, ...words: readonly (string | number)[]): number {
  // FNV-1a with a final mix, since its lower bits alone differ little between like words.
  let hash = 0x811c9dc5;
  for (const character of words.join('|')) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  hash ^= hash >>> 12;
  return (hash >>> 0) % count;
}

/** One of the things, the same for the same words. */
export function pickOne<Thing>(things: readonly Thing[], ...words: readonly (string | number)[]): Thing {
  const thing = things[pick(things.length, ...words)];
  if (thing === undefined) throw new Error('There is nothing to pick from');
  return thing;
}
