import type { PrismaClient } from '@marquee/prisma-ads';
import { findOrganisationRoles, type SubgraphRuntime } from '@marquee/subgraph';
import { type Instruments, observe } from '@marquee/telemetry';
import { v7 as newPlacementId } from 'uuid';

import { BidderRepository } from './adapters/bidders.ts';
import { CampaignRepository } from './adapters/campaigns.ts';
import { assertInCatalogue } from './adapters/catalog.ts';
import { HeldDataRepository } from './adapters/held-data.ts';
import { ImpressionTokens } from './adapters/impression-tokens.ts';
import { PacingRepository } from './adapters/pacing.ts';
import { PlacementRepository } from './adapters/placements.ts';
import { SettlementRepository } from './adapters/settlements.ts';
import { UnseenPlacementRepository } from './adapters/unseen-placements.ts';
import { Batches } from './domain/batches.ts';
import type { Settings } from './settings.ts';
import type { CreateCampaignDeps } from './use-cases/create-campaign.ts';
import { type AdRequest, type PlacedAd, placeAds, type PlaceAdsDeps } from './use-cases/place-ads.ts';
import type { SetCampaignStatusDeps } from './use-cases/set-campaign-status.ts';

/** Auctions that are held together. */
const AUCTIONS_AT_ONCE = 200;

/** The dependencies of use cases, resolvers, loaders, handlers and jobs. */
export interface Deps extends CreateCampaignDeps, SetCampaignStatusDeps {
  readonly campaigns: CampaignRepository;
  readonly auctions: Batches<AdRequest, PlacedAd[]>;
  readonly tokens: ImpressionTokens;
  readonly unseen: UnseenPlacementRepository;
  readonly pacing: PacingRepository;
  readonly settlements: SettlementRepository;
  readonly heldData: HeldDataRepository;
  readonly settleIntervalMs: number;
}

export function openDeps(runtime: SubgraphRuntime<PrismaClient, Settings>): Deps {
  const { client, calls, instruments, now, random, settings } = runtime;
  const { timeZone, reserveCents: reserve, euroRates: rates, settleIntervalMs } = settings;
  const bidders = new BidderRepository(client, { rates, now, random });
  const tokens = new ImpressionTokens(settings.tokenKeys);
  const placements = new PlacementRepository(client, settings.impressionMinutes);
  const deps = {
    ...{ bidders, tokens, now, settleIntervalMs, house: { timeZone, reserve, rates } },
    auctions: auctionsOf({ bidders, placements, tokens, newPlacementId, reserve, random }),
    campaigns: new CampaignRepository(client),
    unseen: new UnseenPlacementRepository(client),
    pacing: new PacingRepository(client),
    settlements: new SettlementRepository(client),
    heldData: new HeldDataRepository(client),
    assertInCatalogue: assertInCatalogue(calls),
    findOrganisationRoles: findOrganisationRoles(calls),
  };
  observeWork(deps, instruments);
  return deps;
}

/** Feeds that ask while an auction is held share the next one's statements. */
function auctionsOf(deps: PlaceAdsDeps): Deps['auctions'] {
  const work = (requests: readonly AdRequest[]) => placeAds(deps, requests);
  return new Batches({ work, atMost: AUCTIONS_AT_ONCE, keyOf: ({ viewerKey }) => viewerKey });
}

/** Exports what waits for a job. */
function observeWork(
  { unseen, pacing, settlements }: Pick<Deps, 'unseen' | 'pacing' | 'settlements'>,
  { metrics }: Instruments,
) {
  if (!metrics) return;
  observe(metrics, {
    name: 'marquee_ads_placements_overdue',
    help: 'Placements whose impression did not come, and whose reservation is still to be released',
    read: () => unseen.count(),
  });
  observe(metrics, {
    name: 'marquee_ads_paces_late',
    help: 'Campaigns that run and were not paced for a minute',
    read: () => pacing.countLate(),
  });
  observe(metrics, {
    name: 'marquee_ads_settlements_due',
    help: 'Campaigns with spend that payments was not told of yet',
    read: () => settlements.count(),
  });
}
