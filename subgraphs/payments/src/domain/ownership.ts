import { forbidden } from '@marquee/errors';

/** A payment or booking, which belongs to one customer. */
export interface Owned {
  readonly customerId: string;
}

/** @throws {CodedError} FORBIDDEN unless the user is the owner */
export function assertOwner(userId: string, { customerId }: Owned, what: 'booking' | 'payment'): void {
  if (customerId !== userId) throw forbidden(`This ${what} belongs to another customer.`);
}
