/** The site whose passkeys these are. */
export interface RelyingParty {
  readonly name: string;
  /** The domain that passkeys belong to. */
  readonly id: string;
  /** The pages that may use passkeys, given the one that says it did. */
  originsFor(claimed: string): string[];
}

const LOCAL = 'localhost';

/**
 * The site of these pages. Without any, or with those of `localhost`, pages of this machine may use passkeys, on whatever
 * port.
 *
 * @param origins of the pages; they are the domain's, or below it
 * @throws when a page is not
 */
export function relyingParty(origins: readonly string[], domain: string | undefined): RelyingParty {
  const id = domain ?? (origins[0] === undefined ? LOCAL : new URL(origins[0]).hostname);
  const foreign = origins.find((origin) => !`.${new URL(origin).hostname}`.endsWith(`.${id}`));
  if (foreign !== undefined)
    throw new Error(`Passkeys of ${id} do not work on ${foreign}: it is not below that domain.`);
  const isLocal = (claimed: string) => id === LOCAL && /^http:\/\/localhost(:\d+)?$/.test(claimed);
  return {
    ...{ name: 'Marquee', id },
    originsFor: (claimed) => (isLocal(claimed) ? [claimed] : [...origins]),
  };
}
