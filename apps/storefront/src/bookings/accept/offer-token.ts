const KEY = 'marquee.ticket-offer';

/**
 * The token of an offered ticket, moved from the address to this tab's memory, so that neither the history nor a sign-in
 * on the way has it.
 */
export function takeOfferToken(): string | undefined {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token) {
    sessionStorage.setItem(KEY, token);
    history.replaceState(history.state, '', location.pathname + location.search);
  }
  return token ?? sessionStorage.getItem(KEY) ?? undefined;
}

export function forgetOfferToken(): void {
  sessionStorage.removeItem(KEY);
}
