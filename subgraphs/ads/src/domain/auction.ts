/** A campaign as it bids. */
export interface Bidder {
  readonly campaignId: string;
  readonly organisationId: string;
  /** In minor units of its currency, for a thousand impressions. */
  readonly bid: number;
  /** The value of such a minor unit, in euro cents. */
  readonly cents: number;
}

/** A place that a campaign has won, and the price of a thousand such. */
export interface Win<Of extends Bidder> {
  readonly bidder: Of;
  readonly price: number;
}

export interface AuctionRules {
  readonly slots: number;
  /** The lowest price of a thousand impressions, in euro cents. */
  readonly reserve: number;
}

/** A sum of floats this close to an integer is that integer. */
const ROUNDING = 1e-6;

/** The worth of a bid, in euro cents. */
export const valueOf = ({ bid, cents }: Bidder): number => bid * cents;

/**
 * A second-price auction: each place goes to the highest bid that is left, for what the next one would have paid, at least
 * the reserve and at most the own bid.
 *
 * @param ranked by what they bid, the highest first
 */
export function auction<Of extends Bidder>(ranked: readonly Of[], { slots, reserve }: AuctionRules): Win<Of>[] {
  const bids = ranked.slice(0, slots + 1).filter((bidder) => valueOf(bidder) >= reserve);
  return bids.slice(0, slots).map((bidder, place) => {
    const next = bids[place + 1];
    const price = Math.ceil((next ? valueOf(next) : reserve) / bidder.cents - ROUNDING);
    return { bidder, price: Math.min(bidder.bid, Math.max(1, price)) };
  });
}
