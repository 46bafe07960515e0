import type { LabelledEvent } from './events.ts';

/** The account that caused an event; null while nobody is signed in. */
export function accountOf(payload: LabelledEvent['payload']): string | null {
  if ('inviteeId' in payload) return payload.inviteeId;
  if ('customerId' in payload) return payload.customerId;
  if ('userId' in payload) return payload.userId;
  return payload.senderId;
}
