import type { DomainEvent, Push } from '@marquee/events';

/** Channel of a payment's status changes. */
export const paymentChannel = (paymentId: string): string => `payment:${paymentId}`;

/** Messages to subscribed clients. */
export function push(event: DomainEvent): readonly Push[] {
  if (event.type !== 'payment.status-changed') return [];
  const { paymentId } = event.payload;
  return [{ channel: paymentChannel(paymentId), message: { paymentId } }];
}
