const ID = /^[\w-]{1,100}$/;

/** The ids among what a client sent as such: the database would refuse some texts that are none. */
export function possibleIds(ids: readonly string[]): string[] {
  return ids.filter((id) => ID.test(id));
}
