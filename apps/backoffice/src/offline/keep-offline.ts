import { loadedAssets, onLoadedAssets } from './loaded-assets.ts';

const WORKER = `${import.meta.env.BASE_URL}offline-worker.js`;
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
  const keepSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void keep(), SETTLED_MS);
  };
  keepSoon();
  const stopListening = onLoadedAssets(keepSoon);
  return () => {
    stopListening();
    clearTimeout(timer);
  };
}

async function keep(): Promise<void> {
  await navigator.serviceWorker.register(WORKER, { scope: import.meta.env.BASE_URL }).catch(() => undefined);
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage({ keep: loadedAssets() });
}
