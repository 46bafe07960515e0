import { useEffect, useState, useSyncExternalStore } from 'react';

/** How far the server's clock is ahead of this machine's, in milliseconds. */
let ahead = 0;
let bestRoundTrip = Infinity;
const listeners = new Set<() => void>();

/** Milliseconds since 1970 by the server's clock, as far as its answers have told it. */
export function serverNow(): number {
  return Date.now() + ahead;
}

/** A fetch that sets the clock by the `Date` of answers; the quickest answer tells it best. */
export const clockedFetch: typeof fetch = async (input, init) => {
  const sent = Date.now();
  const response = await fetch(input, init);
  const date = Date.parse(response.headers.get('date') ?? '');
  const received = Date.now();
  // The header has whole seconds; answers from a cache tell an old time.
  if (!Number.isNaN(date) && !response.headers.has('age') && received - sent <= bestRoundTrip) {
    bestRoundTrip = received - sent;
    const next = date + 500 - (sent + received) / 2;
    // Smaller differences are the header's rounding.
    ahead = Math.abs(next) < 1_500 ? 0 : next;
    for (const listener of listeners) listener();
  }
  return response;
};

/** Whole seconds until a moment by the server's clock, each second anew; 0 when it is over. */
export function useSecondsUntil(at: string | undefined): number {
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => ahead,
  );
  const [, tick] = useState(0);
  useEffect(() => {
    if (at === undefined) return undefined;
    const draw = (): void => tick((count) => count + 1);
    const timer = setInterval(draw, 1_000);
    // A tab in sleep counts no seconds.
    document.addEventListener('visibilitychange', draw);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', draw);
    };
  }, [at]);
  return at === undefined ? 0 : Math.max(0, Math.ceil((Date.parse(at) - serverNow()) / 1_000));
}
