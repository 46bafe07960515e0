import { z } from 'zod';

import { id } from './values.ts';

/** The event type by which a domain says that it erased somebody, such as `booking.person-erased`. */
export type PersonErasedType = `${string}.person-erased`;

/** A receipt for an erasure: the person is erased in the domain. */
export const personErased = z.object({
  userId: id,
  /** The event upon which it was done. */
  eventId: id,
});

export type PersonErased = z.output<typeof personErased>;

/** The type of a domain's receipts. Every domain has it without declaring it. */
export function personErasedType(domain: string): PersonErasedType {
  return `${domain}.person-erased`;
}
