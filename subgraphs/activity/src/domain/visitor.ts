/** A keyed hash of a text, as a UUID: the same for the same text, and of no use to whoever lacks the key. */
export type KeyedHash = (text: string) => string;

/** Where a request comes from. */
export interface Client {
  readonly userId: string | null;
  /** The client's address, an IPv6 one as its /64; null where it is not known. */
  readonly network: string | null;
  readonly userAgent: string | null;
}

/**
 * Who did something. A client that keeps an id is one visitor, before and after somebody signs in. Without one it is the
 * person; of those who are not signed in, a network and browser for a day.
 */
export function visitorOf(
  hash: KeyedHash,
  visitorId: string | null,
  { userId, network, userAgent }: Client,
  now: Date,
): string {
  if (visitorId !== null) return hash(`client ${visitorId}`);
  if (userId !== null) return visitorOfUser(hash, userId);
  return hash(`day ${now.toISOString().slice(0, 10)} ${network ?? ''} ${userAgent ?? ''}`);
}

/** The visitor as whom a person counts who was seen as no other. */
export const visitorOfUser = (hash: KeyedHash, userId: string): string => hash(`user ${userId}`);

/**
 * A browser on a network, the same for people behind one router who have the same browser; null where one of both is not
 * known. Half the world shares a browser's name: by that alone strangers would answer for each other.
 */
export const deviceOf = (hash: KeyedHash, { network, userAgent }: Client): string | null =>
  network === null || userAgent === null ? null : hash(`device ${network} ${userAgent}`);
