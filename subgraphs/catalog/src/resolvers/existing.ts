/** What another row of the database refers to, so that it is there. @throws when it is not */
export async function existing<Thing>(found: Promise<Thing | null>): Promise<Thing> {
  const thing = await found;
  if (thing === null) throw new Error('A row refers to one that does not exist');
  return thing;
}
