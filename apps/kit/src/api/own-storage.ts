/**
 * Keys of the tab's storage that begin so are for the signed-in person alone, such as drafts. They outlive a reload and a
 * session that ran out, and go when the person signs out or somebody else signs in.
 */
export const OWN = 'marquee.own.';
const OWNER = 'marquee.owner';

/** Removes what this tab keeps for anybody else. A tab that a browser restores may have that of a former person. */
export function keepOwnOf(person: string | undefined): void {
  if (person !== undefined && sessionStorage.getItem(OWNER) === person) return;
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(OWN)) sessionStorage.removeItem(key);
  if (person === undefined) sessionStorage.removeItem(OWNER);
  else sessionStorage.setItem(OWNER, person);
}
