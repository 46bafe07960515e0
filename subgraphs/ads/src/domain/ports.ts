import type { LatestPage } from '@marquee/subgraph';

import type { Bidder } from './auction.ts';
import type { Campaign, CampaignState, CampaignTerms } from './campaign.ts';

export interface NewCampaign extends CampaignTerms {
  readonly id: string;
  readonly createdBy: string;
  readonly createdAt: Date;
}

export interface CampaignPage extends LatestPage {
  readonly organisationIds: readonly string[];
}

export interface Campaigns {
  find(id: string): Promise<Campaign | null>;
  /** @returns null when the organisation has a campaign of this name */
  add(campaign: NewCampaign): Promise<Campaign | null>;
  /** Changes the state of a campaign that is still as it was read. @returns null when it is not */
  setState(campaign: Campaign, state: CampaignState, by: string): Promise<Campaign | null>;
}

/** The title and cities of the catalogue that a campaign names. */
export interface Advertised {
  readonly titleId: string;
  readonly cityIds: readonly string[];
}

/** @throws {CodedError} BAD_USER_INPUT naming the field of what the catalogue does not have */
export type AssertInCatalogue = (advertised: Advertised) => Promise<void>;

/** A campaign that may bid, with what its card shows. */
export interface ReadyBidder extends Bidder {
  readonly cityIds: readonly string[];
  /** The share of auctions that it takes part in. */
  readonly pace: number;
  readonly headline: string;
  readonly imageUrl: string;
  readonly titleId: string;
}

/** The campaigns that may bid, as they were a second ago at most. */
export interface Bidders {
  /** Those for a city, the highest bid first. */
  of(cityId: string): Promise<readonly ReadyBidder[]>;
  /** Has them read again before they are asked for next. */
  forget(): void;
}

/** A place in a feed, reserved for a campaign at a price for its impression, in thousandths of a minor unit. */
export interface NewPlacement {
  readonly id: string;
  readonly campaignId: string;
  readonly viewerKey: string;
  readonly priceMilli: number;
}

export interface Placements {
  /** Which campaigns each of these viewers has seen as often today as they may. */
  capped(viewerKeys: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>>;
  /** Reserves the cost of each placement that its campaign can pay. @returns the ids of those */
  reserve(placements: readonly NewPlacement[]): Promise<ReadonlySet<string>>;
}

/** A campaign that runs, as it was when it was last paced and as it is. */
export interface PacedCampaign {
  readonly id: string;
  readonly pace: number;
  readonly allowance: number;
  /** Null at first. */
  readonly pacedAt: Date | null;
  readonly elapsedSeconds: number;
  readonly spentSince: number;
  readonly budgetLeft: number;
  readonly secondsToEnd: number;
  /** Null without a daily cap. */
  readonly dayLeft: number | null;
  readonly secondsToMidnight: number;
}

/** A pace for a campaign that is still paced as it was read. */
export type SetPace = Pick<PacedCampaign, 'id' | 'pace' | 'allowance' | 'pacedAt'>;

export interface Pacing {
  running(): Promise<readonly PacedCampaign[]>;
  /** Sets paces, but for campaigns that another process has paced meanwhile. */
  set(paces: readonly SetPace[]): Promise<void>;
}
