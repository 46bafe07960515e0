import { getDomain } from 'tldts';

/** The domain that somebody registered for a push service's host: whoever has one has any number of names below it. */
export function pushSiteOf(host: string): string {
  return getDomain(host, { allowPrivateDomains: true }) ?? host;
}
