const PREFIX = 'marquee.intent.';

/**
 * The idempotency key of what a person is doing, such as paying one booking. It stays the same through a lost answer and
 * a reload, as long as the input does; end it once the outcome is known.
 *
 * @param name of the intent, such as `pay:<booking's id>`
 * @param input what the mutation is sent with
 */
export function intentKey(name: string, input: unknown): string {
  const text = JSON.stringify(input);
  const kept = sessionStorage.getItem(PREFIX + name);
  const former = kept === null ? undefined : (JSON.parse(kept) as { readonly key: string; readonly text: string });
  if (former?.text === text) return former.key;
  const key = crypto.randomUUID();
  sessionStorage.setItem(PREFIX + name, JSON.stringify({ key, text }));
  return key;
}

/** Ends an intent whose outcome is known: to do the same again is another one. */
export function endIntent(name: string): void {
  sessionStorage.removeItem(PREFIX + name);
}
