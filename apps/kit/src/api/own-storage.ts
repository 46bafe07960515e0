/** Keys of the tab's storage that begin so are for the signed-in person alone, such as drafts. */
export const OWN = 'marquee.own.';

/** Removes what this tab keeps for a person, once they have signed out: the next one may be somebody else. */
export function forgetOwn(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(OWN)) sessionStorage.removeItem(key);
}
