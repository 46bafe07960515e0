/** The path to go to after signing in: one of this application, else its first page. */
export function ownPath(next: string | null | undefined, fallback = '/'): string {
  if (!next?.startsWith('/') || /^\/[/\\]/.test(next)) return fallback;
  try {
    const { origin, pathname, search, hash } = new URL(next, 'http://own.invalid');
    return origin === 'http://own.invalid' && !pathname.startsWith('//') ? pathname + search + hash : fallback;
  } catch {
    return fallback;
  }
}

/** The sign-in page, which leads back to where the person is. */
export function signInPath(from: { readonly pathname: string; readonly search?: string; readonly hash?: string }) {
  return `/sign-in?${new URLSearchParams({ next: `${from.pathname}${from.search ?? ''}` }).toString()}`;
}
