const RELOADED_AT = 'marquee.reloaded-at';
const PAUSE_MS = 60_000;

/** Loads the page again when a file of its build is gone, as after a deployment; not where the server cannot be reached. */
export function followNewerBuilds(): void {
  addEventListener('vite:preloadError', () => {
    const now = Date.now();
    if (now - Number(sessionStorage.getItem(RELOADED_AT)) < PAUSE_MS) return;
    sessionStorage.setItem(RELOADED_AT, String(now));
    fetch(location.href, { method: 'HEAD', cache: 'no-store', headers: { accept: 'text/html' } }).then(
      ({ ok }) => ok && location.reload(),
      () => undefined,
    );
  });
}
