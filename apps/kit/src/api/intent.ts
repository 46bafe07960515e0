import { OWN } from './own-storage.ts';

const PREFIX = `${OWN}intent.`;

interface Kept {
  readonly key: string;
  /** Of the key and the input. */
  readonly digest: string;
}

let last: Promise<unknown> = Promise.resolve();

/**
 * The idempotency key of what a person is doing, such as paying one booking. It stays the same through a lost answer and
 * a reload, as long as the input does; end it once the outcome is known. Of the input, which may hold a card's token or
 * somebody's address, the tab keeps a salted digest.
 *
 * @param name of the intent, such as `pay:<booking's id>`
 * @param input what the mutation is sent with
 */
export function intentKey(name: string, input: unknown): Promise<string> {
  // One at a time, so that a second press does not find the storage empty, too.
  const found = last.then(() => findKey(name, JSON.stringify(input)));
  last = found.catch(() => {});
  return found;
}

/** Ends an intent whose outcome is known: to do the same again is another one. */
export function endIntent(name: string): void {
  sessionStorage.removeItem(PREFIX + name);
}

async function findKey(name: string, text: string): Promise<string> {
  const kept = sessionStorage.getItem(PREFIX + name);
  const former = kept === null ? undefined : (JSON.parse(kept) as Kept);
  if (former && former.digest === (await digestOf(former.key, text))) return former.key;
  const key = crypto.randomUUID();
  const digest = await digestOf(key, text);
  sessionStorage.setItem(PREFIX + name, JSON.stringify({ key, digest } satisfies Kept));
  return key;
}

async function digestOf(salt: string, text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(salt + text));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
