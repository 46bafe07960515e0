import {
  imagineMarketplace,
  KNOWN_ATTACKERS,
  type LabelledEvent,
  type Marketplace,
  simulate,
  type TrafficSettings,
  UNSEEN_ATTACKERS,
} from '@marquee/traffic';

export interface RiskTraffic {
  readonly marketplace: Marketplace;
  readonly events: Iterable<LabelledEvent>;
}

interface Size {
  readonly people: number;
  readonly days: number;
  readonly attackers?: NonNullable<TrafficSettings['attackers']>;
}

/** Enough of every attacker, and of the honest people who look like them. */
export const FULL_SIZE = { people: 6_000, days: 10 };

const FROM = new Date('2026-10-05T00:00:00Z');

/** The traffic that the model is trained on. */
export function trainingTraffic(size: Size): RiskTraffic {
  return trafficOf(1, { attackers: KNOWN_ATTACKERS, ...size });
}

/** Traffic that the training has not seen: of another seed, by attackers with other settings. */
export function unseenTraffic(size: Size): RiskTraffic {
  return trafficOf(77, { attackers: UNSEEN_ATTACKERS, ...size });
}

function trafficOf(seed: number, size: Size): RiskTraffic {
  const marketplace = imagineMarketplace({ seed, from: FROM, days: size.days });
  return { marketplace, events: simulate({ seed, from: FROM, marketplace, ...size }) };
}
