import { useEffect, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';

/** The latest fragment with values in it. It leaves the address bar and the history at once: it may be a secret. */
export function useSecretFragment(): string {
  const { hash, pathname, search } = useLocation();
  const navigate = useNavigate();
  const isSecret = hash.includes('=');
  const [fragment, setFragment] = useState(isSecret ? hash : '');
  if (isSecret && hash !== fragment) setFragment(hash);
  useEffect(() => {
    if (isSecret) void navigate({ pathname, search }, { replace: true });
  }, [isSecret, navigate, pathname, search]);
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
