import { useState } from 'react';

/** The fragment with which the page was opened. It leaves the address bar and the history at once: it may be a secret. */
export function useSecretFragment(): string {
  const [fragment] = useState(() => {
    const { hash, pathname, search } = location;
    if (hash) history.replaceState(history.state, '', pathname + search);
    return hash;
  });
  return fragment;
}

/** The token of a mail's link. */
export function useMailToken(): string | undefined {
  return new URLSearchParams(useSecretFragment().replace(/^#/, '')).get('token') ?? undefined;
}

/** Keeps a token of this tab while the person signs in. @returns the token, or the one that was kept */
export function keepToken(key: string, token: string | undefined): string | undefined {
  if (token !== undefined) sessionStorage.setItem(key, token);
  return token ?? sessionStorage.getItem(key) ?? undefined;
}
