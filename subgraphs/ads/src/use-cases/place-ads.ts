import { auction } from '../domain/auction.ts';
import type { Bidders, NewPlacement, Placements, ReadyBidder } from '../domain/ports.ts';

export interface PlaceAdsDeps {
  readonly bidders: Bidders;
  readonly placements: Placements;
  readonly tokens: { tokenFor(placementId: string): string };
  readonly newPlacementId: () => string;
  /** The lowest price of a thousand impressions, in euro cents. */
  readonly reserve: number;
  readonly random: () => number;
}

/** A feed with places for ads. */
export interface AdRequest {
  readonly cityId: string;
  readonly viewerKey: string;
  readonly slots: number;
}

/** An ad in a place of a feed. */
export interface PlacedAd extends Pick<ReadyBidder, 'headline' | 'imageUrl' | 'titleId'> {
  readonly impressionToken: string;
}

/** The auction of one request. */
interface Open extends AdRequest {
  /** By what they bid, the highest first. */
  readonly entrants: ReadyBidder[];
  readonly placed: PlacedAd[];
}

interface Won {
  readonly of: Open;
  readonly bidder: ReadyBidder;
  readonly placement: NewPlacement;
}

/** A place that the database refuses is auctioned once more, among the others. */
const ROUNDS = 2;

/**
 * Auctions the places of several feeds, and reserves what the winners pay, by two statements for all of them.
 *
 * @param requests of different viewers
 * @returns the ads of each, the best place first
 */
export async function placeAds(deps: PlaceAdsDeps, requests: readonly AdRequest[]): Promise<PlacedAd[][]> {
  const capped = await deps.placements.capped(requests.map(({ viewerKey }) => viewerKey));
  const auctions = await Promise.all(
    requests.map(async (request): Promise<Open> => {
      const entrants = await entrantsOf(deps, request, capped.get(request.viewerKey));
      return { ...request, entrants, placed: [] };
    }),
  );
  for (let round = 1; round <= ROUNDS; round += 1) {
    const won = auctions.flatMap((open) => winnersOf(deps, open));
    const reserved = await deps.placements.reserve(won.map(({ placement }) => placement));
    for (const { of, bidder, placement } of won)
      if (reserved.has(placement.id)) of.placed.push(adOf(deps, bidder, placement));
    if (reserved.size === won.length) break;
    deps.bidders.forget();
  }
  return auctions.map(({ placed }) => placed);
}

/** Those that take part at their pace, and that the viewer has not seen too often; as many as can win. */
async function entrantsOf(
  { bidders, random }: PlaceAdsDeps,
  { cityId, slots }: AdRequest,
  capped: ReadonlySet<string> | undefined,
): Promise<ReadyBidder[]> {
  const entrants = new Map<string, ReadyBidder>();
  for (const bidder of await bidders.of(cityId)) {
    if (entrants.size > ROUNDS * slots) break;
    const takesPart = !entrants.has(bidder.organisationId) && !capped?.has(bidder.campaignId) && random() < bidder.pace;
    // An organisation enters with its highest bid, so it never raises its own price.
    if (takesPart) entrants.set(bidder.organisationId, bidder);
  }
  return [...entrants.values()];
}

function winnersOf({ reserve, newPlacementId }: PlaceAdsDeps, of: Open): Won[] {
  const wins = auction(of.entrants, { slots: of.slots - of.placed.length, reserve });
  of.entrants.splice(0, wins.length);
  return wins.map(({ bidder, price: priceMilli }) => {
    const placement = { id: newPlacementId(), campaignId: bidder.campaignId, viewerKey: of.viewerKey, priceMilli };
    return { of, bidder, placement };
  });
}

function adOf({ tokens }: PlaceAdsDeps, { headline, imageUrl, titleId }: ReadyBidder, { id }: NewPlacement): PlacedAd {
  return { headline, imageUrl, titleId, impressionToken: tokens.tokenFor(id) };
}
