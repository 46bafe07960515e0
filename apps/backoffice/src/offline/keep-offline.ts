const WORKER = `${import.meta.env.BASE_URL}offline-worker.js`;
const SETTLED_MS = 1_500;

/** Keeps the files of this page on the device, in a built application. @returns a function that gives up */
export function keepOffline(): () => void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return () => {};
  const timer = setTimeout(() => void register(), SETTLED_MS);
  return () => clearTimeout(timer);
}

async function register(): Promise<void> {
  await navigator.serviceWorker.register(WORKER, { scope: import.meta.env.BASE_URL }).catch(() => undefined);
  const { active } = await navigator.serviceWorker.ready;
  const assets = `${import.meta.env.BASE_URL}assets/`;
  const loaded = performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name))
    .filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith(assets))
    .map(({ pathname }) => pathname);
  active?.postMessage({ keep: [...new Set(loaded)] });
}
