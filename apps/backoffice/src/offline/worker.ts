/// <reference lib="webworker" />

/** Keeps the application on the device, so that a gate that is reloaded without a network still opens. */
const worker = globalThis as unknown as ServiceWorkerGlobalScope;

const CACHE = 'marquee.backoffice';
const SHELL = '/backoffice/';
const ASSETS = '/backoffice/assets/';

worker.addEventListener('install', (event) => {
  event.waitUntil(keepShell().then(() => worker.skipWaiting()));
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(worker.clients.claim());
});

/** The page says which files it runs on: those are kept, and files of former versions are not. */
worker.addEventListener('message', (event) => {
  const { keep } = event.data as { readonly keep: readonly string[] };
  event.waitUntil(keepFiles(keep));
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
  if (url.pathname.startsWith(ASSETS)) event.respondWith(fromCacheFirst(request));
  else if (request.mode === 'navigate' && url.pathname.startsWith('/backoffice'))
    event.respondWith(fromNetworkFirst(request));
});

async function keepShell(): Promise<void> {
  const cache = await caches.open(CACHE);
  // The gateway answers whoever takes HTML with the application.
  const response = await fetch(SHELL, { cache: 'no-cache', headers: { accept: 'text/html' } });
  if (response.ok) await cache.put(SHELL, response);
}

async function keepFiles(paths: readonly string[]): Promise<void> {
  const cache = await caches.open(CACHE);
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith(ASSETS) && !paths.includes(pathname)) await cache.delete(request);
  }
  await Promise.all(
    paths.map(
      async (path) => (await cache.match(path, { ignoreVary: true })) ?? cache.add(path).catch(() => undefined),
    ),
  );
  await keepShell().catch(() => undefined);
}

/** A file's name changes with its content. */
async function fromCacheFirst(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

async function fromNetworkFirst(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(SHELL, { ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
}
