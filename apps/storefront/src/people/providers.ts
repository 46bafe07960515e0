const KEY = 'marquee.provider';

interface Started {
  readonly state: string;
  readonly next: string;
}

/** Where a browser goes to sign in at a provider. The state shows, when it comes back, that this tab has begun it. */
export function providerUrl(startUrl: string, next: string): string {
  const started: Started = { state: crypto.randomUUID(), next };
  sessionStorage.setItem(KEY, JSON.stringify(started));
  const url = new URL(startUrl, location.href);
  url.searchParams.set('state', started.state);
  return url.href;
}

/** How a provider's sign-in came back to `/sign-in`. */
export type ProviderReturn =
  | { readonly code: string; readonly next: string }
  | { readonly problem: 'providerFailed' | 'providerUnknown'; readonly next: string };

/**
 * Reads the fragment that a provider's sign-in comes back with; undefined for any other. Anybody can make a link with an
 * error in it, so its text is not shown.
 */
export function readProviderReturn(fragment: string): ProviderReturn | undefined {
  const values = new URLSearchParams(fragment.replace(/^#/, ''));
  const code = values.get('code');
  if (code === null && !values.has('error')) return undefined;
  const started = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Started | null;
  const next = started?.next ?? '/';
  if (code === null) return { problem: 'providerFailed', next };
  const isOurs = started !== null && started.state === values.get('state');
  return isOurs ? { code, next } : { problem: 'providerUnknown', next };
}
