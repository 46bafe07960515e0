import type { DomainEvent, Push } from '@marquee/events';

/** Where changes of a payment's status are told. */
export const paymentChannel = (paymentId: string): string => `payment:${paymentId}`;

/** What listening clients are told of payments' events. */
export function push(event: DomainEvent): readonly Push[] {
  if (event.type !== 'payment.status-changed') return [];
  const { paymentId } = event.payload;
  return [{ channel: paymentChannel(paymentId), message: { paymentId } }];
}
