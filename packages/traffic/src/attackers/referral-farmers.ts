import { buy, holdSeats, type Order } from '../purchase.ts';
import { type Plan, track } from '../scene.ts';
import type { ReferralFarmerSettings } from '../settings.ts';
import { accountOf, pauseMs, register, type Ring, shared, startOf, visitOf } from './ring.ts';

/** Registers one account after another with the invitation of the first, and buys the cheapest ticket with each. */
export function planReferralFarmers(ring: Ring<ReferralFarmerSettings>): Plan[] {
  const { settings } = ring;
  const inviterId = accountOf(ring.name, 0);
  let at = startOf(ring, (settings.accounts * settings.secondsBetween) / 60);
  return Array.from({ length: settings.accounts }, (_, account) => {
    const start = (at += pauseMs(ring));
    return { at: start, run: () => joinAndBuy(ring, account, start, account === 0 ? null : inviterId) };
  });
}

function joinAndBuy(
  ring: Ring<ReferralFarmerSettings>,
  account: number,
  start: number,
  invitedBy: string | null,
): void {
  const { scene, random, settings, city } = ring;
  register(ring, account, start, invitedBy === null ? undefined : `REF_${invitedBy}`);
  const show = scene.boxOffice.cheapest(city.code, start);
  if (!show || !random.chance(settings.buyShare)) return;
  const visit = visitOf(ring, account);
  const at = start + pauseMs(ring, 0.2);
  track(scene, visit, 'seat_map_view', at, { showId: show.id });
  const order: Order = {
    ...{ ...visit, customerId: visit.sender.userId, show, seats: 1, declineRate: 0.03, invitedBy },
    ...{ card: `card_${ring.name}_${shared(settings.cards, account)}`, seconds: pauseMs(ring, 0.1) / 1000 },
  };
  const hold = holdSeats(scene, order, at + pauseMs(ring, 0.1));
  if (hold) buy(scene, hold);
}
