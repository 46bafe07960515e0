import { OWN } from '@marquee/app-kit/api';

import type { Outgoing } from './conversation.ts';

const keyOf = (ticketId: string): string => `${OWN}outbox.${ticketId}`;

/** Messages on their way, kept through a reload. */
export function readOutbox(ticketId: string): readonly Outgoing[] {
  return JSON.parse(sessionStorage.getItem(keyOf(ticketId)) ?? '[]') as readonly Outgoing[];
}

export function writeOutbox(ticketId: string, outgoing: readonly Outgoing[]): void {
  if (outgoing.length === 0) sessionStorage.removeItem(keyOf(ticketId));
  else sessionStorage.setItem(keyOf(ticketId), JSON.stringify(outgoing));
}
