import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';

export const JSON_TYPE = 'application/json; charset=utf-8';
const RESPONSE_TYPE = 'application/graphql-response+json; charset=utf-8';

/** Cached, because few different `accept` headers occur. */
const chosen = new LRUCache<string, string>({ max: 100 });

/** The media type of a single response, as Apollo Server would choose it; undefined when the client accepts none. */
export function mediaTypeFor(accept: string | undefined): string | undefined {
  if (accept === undefined) return JSON_TYPE;
  const known = chosen.get(accept);
  if (known !== undefined) return known;
  const type = new Negotiator({ headers: { accept } }).mediaType([JSON_TYPE, RESPONSE_TYPE]);
  if (type !== undefined) chosen.set(accept, type);
  return type;
}
