import type { Sale } from './purchase.ts';
import type { Scene } from './scene.ts';

const HOUR_MS = 3_600_000;

/** Passes tickets on to somebody, some hours after the purchase. */
export function passOn({ stream, random }: Scene, { order, labels, at }: Sale, hours: number): void {
  const offered = Math.min(at + hours * HOUR_MS, order.show.startsAt - HOUR_MS);
  if (offered <= at) return;
  const offer = {
    ...{ offerId: stream.newId('off'), senderId: order.customerId, showId: order.show.id, seats: labels },
  };
  stream.add(order.actor, 'booking.transfer-changed', offered, { ...offer, change: 'OFFERED', recipientId: null });
  const accepted = offered + random.around(2) * HOUR_MS;
  const recipientId = `usr_sim_guest_${random.int(1_000_000)}`;
  stream.add(order.actor, 'booking.transfer-changed', accepted, { ...offer, change: 'ACCEPTED', recipientId });
}

/** Gives the tickets back, some hours after the purchase. */
export function cancel({ stream, boxOffice }: Scene, { order, bookingId, labels, at }: Sale, hours: number): void {
  const { actor, customerId, show } = order;
  const cancelled = at + hours * HOUR_MS;
  if (cancelled >= show.startsAt) return;
  boxOffice.giveBack(show, labels, cancelled);
  const booking = { bookingId, customerId, showId: show.id };
  stream.add(actor, 'booking.cancelled', cancelled, { ...booking, by: 'CUSTOMER', seats: labels });
}
