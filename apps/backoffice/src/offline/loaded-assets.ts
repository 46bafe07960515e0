const ASSETS = `${import.meta.env.BASE_URL}assets/`;
const loaded = new Set<string>();
const listeners = new Set<() => void>();

/**
 * Records the files of the build that the application loads, from its start on: a browser keeps no more than the first few
 * hundred of what it has loaded, requests of the API included.
 */
export function recordAssets(): void {
  new PerformanceObserver((list) => {
    const urls = list.getEntries().map(({ name }) => new URL(name));
    const own = urls.filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith(ASSETS));
    if (own.length === 0) return;
    for (const { pathname } of own) loaded.add(pathname);
    for (const listener of listeners) listener();
  }).observe({ type: 'resource', buffered: true });
}

export const loadedAssets = (): readonly string[] => [...loaded];

/** @returns a function that ends it */
export function onLoadedAssets(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
