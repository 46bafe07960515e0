const WORKER = `${import.meta.env.BASE_URL}offline-worker.js`;
const ASSETS = `${import.meta.env.BASE_URL}assets/`;
const SETTLED_MS = 1_000;

/**
 * Keeps the files of this page on the device, in a built application: those that are loaded now, and those that are
 * loaded while it is shown.
 *
 * @returns a function that ends it
 */
export function keepOffline(): () => void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return () => {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  const observer = new PerformanceObserver((list) => {
    if (!list.getEntries().some(({ name }) => name.includes(ASSETS))) return;
    clearTimeout(timer);
    timer = setTimeout(() => void keep(), SETTLED_MS);
  });
  observer.observe({ type: 'resource', buffered: true });
  return () => {
    observer.disconnect();
    clearTimeout(timer);
  };
}

async function keep(): Promise<void> {
  await navigator.serviceWorker.register(WORKER, { scope: import.meta.env.BASE_URL }).catch(() => undefined);
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage({ keep: loadedAssets() });
}

function loadedAssets(): readonly string[] {
  const urls = performance.getEntriesByType('resource').map(({ name }) => new URL(name));
  const own = urls.filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith(ASSETS));
  return [...new Set(own.map(({ pathname }) => pathname))];
}
