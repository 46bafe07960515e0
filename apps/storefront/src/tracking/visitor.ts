import { useSyncExternalStore } from 'react';

const CONSENT = 'marquee.visits';
const VISITOR = 'marquee.visitor';
const listeners = new Set<() => void>();

/** Whether visits may be told apart by an id in this browser; undefined until the person has said. */
export type Consent = 'yes' | 'no' | undefined;

const consent = (): Consent => (localStorage.getItem(CONSENT) as Consent | null) ?? undefined;

/** The id of this browser's visitor, made only where the person has agreed to it. */
export function visitorId(): string | undefined {
  if (consent() !== 'yes') return undefined;
  const known = localStorage.getItem(VISITOR) ?? crypto.randomUUID();
  localStorage.setItem(VISITOR, known);
  return known;
}

/** Another visitor from here on, as after signing out. */
export function forgetVisitor(): void {
  localStorage.removeItem(VISITOR);
}

export function useConsent(): { readonly consent: Consent; readonly choose: (consent: 'yes' | 'no') => void } {
  const current = useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, consent);
  return { consent: current, choose };
}

function choose(next: 'yes' | 'no'): void {
  localStorage.setItem(CONSENT, next);
  if (next === 'no') forgetVisitor();
  for (const listener of listeners) listener();
}
