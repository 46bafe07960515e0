import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { connect } from '../../../packages/database/src/index.ts';
import { eventCatalogue } from '../../../packages/events/src/index.ts';
import { openLog } from '../../../packages/telemetry/src/index.ts';
import { PrismaClient } from '../../../prisma/ads/generated/client.ts';
import { emits as accounts } from '../../../subgraphs/accounts/src/emits.ts';
import { emits as activity } from '../../../subgraphs/activity/src/emits.ts';
import { BidderRepository } from '../../../subgraphs/ads/src/adapters/bidders.ts';
import { ImpressionTokens } from '../../../subgraphs/ads/src/adapters/impression-tokens.ts';
import { PlacementRepository } from '../../../subgraphs/ads/src/adapters/placements.ts';
import { auction } from '../../../subgraphs/ads/src/domain/auction.ts';
import { parseRates } from '../../../subgraphs/ads/src/domain/euro-rates.ts';
import { emits as ads } from '../../../subgraphs/ads/src/emits.ts';
import { subgraph as definition } from '../../../subgraphs/ads/src/subgraph.ts';
import { placeAds } from '../../../subgraphs/ads/src/use-cases/place-ads.ts';

/** Asks for one place. @returns the number of ads */
export type Auction = (request: { readonly cityId: string; readonly viewerKey: string }) => Promise<number>;

const QUERY = `query ($cityId: ID!, $viewerKey: String!) {
  adPlacements(cityId: $cityId, viewerKey: $viewerKey, slots: 1) { impressionToken headline imageUrl titleId }
}`;
const KEY = new Uint8Array(32);
const RESERVE = 100;
const rates = parseRates('EUR=1') ?? new Map<string, number>();
const options = { rates, now: () => new Date(), random: Math.random };

export const CONTENDERS: Readonly<Record<string, (databaseUrl: string, redisUrl: string) => Promise<Auction>>> = {
  /** The subgraph as feed asks it, but for the network. */
  marquee: async (databaseUrl, redisUrl) => {
    const subgraph = definition.open({
      ...{ databaseUrl, redis: new Redis(redisUrl), namespace: 'bench' },
      catalogue: eventCatalogue({ accounts, activity, ads }),
      calls: { query: () => Promise.reject(new Error('nobody is asked')) },
      log: openLog({ service: 'ads', level: 'warn' }),
      settings: { tokenKeys: Buffer.from(KEY).toString('base64url') },
    });
    return async (request) => {
      const caller = { kind: 'service', name: 'feed' } as const;
      const { data, errors } = await subgraph.execute({ query: QUERY, caller, variables: request });
      if (errors) throw new Error(JSON.stringify(errors));
      return (data as { adPlacements: unknown[] }).adPlacements.length;
    };
  },

  /** The same use case without GraphQL, each auction by statements of its own. */
  alone: async (databaseUrl) => {
    const client = connect(PrismaClient, { url: databaseUrl });
    const deps = {
      ...{ bidders: new BidderRepository(client, options), placements: new PlacementRepository(client, 30) },
      ...{ tokens: new ImpressionTokens([KEY]), newPlacementId: randomUUID, reserve: RESERVE, random: Math.random },
    };
    return async (request) => (await placeAds(deps, [{ ...request, slots: 1 }]))[0]?.length ?? 0;
  },

  /** An auction as one would write it: a transaction that locks the highest bidder, by plain SQL. */
  transaction: async (databaseUrl) => {
    const client = connect(PrismaClient, { url: databaseUrl });
    return async ({ cityId, viewerKey }) =>
      client.$sqlTransaction(async (tx) => {
        const [first, second] = await tx.$queryRaw<{ id: string; bid: bigint }[]>`
          SELECT id, bid_per_thousand AS bid FROM campaigns
          WHERE state = 'ACTIVE' AND starts_at <= now() AND ends_at > now() AND ${cityId} = ANY (city_ids)
            AND reserved_milli + spent_milli + bid_per_thousand <= budget * 1000
            AND NOT EXISTS (SELECT FROM campaign_views WHERE viewer_key = ${viewerKey} AND campaign_id = id
              AND day = current_date AND shown >= campaigns.frequency_cap)
          ORDER BY bid_per_thousand DESC LIMIT 2 FOR UPDATE`;
        if (!first) return 0;
        const price = second?.bid ?? BigInt(RESERVE);
        await tx.$executeRaw`
          UPDATE campaigns SET reserved_milli = reserved_milli + ${price} WHERE id = ${first.id}`;
        await tx.$executeRaw`
          INSERT INTO campaign_views (viewer_key, campaign_id, day, shown, frequency_cap)
          VALUES (${viewerKey}, ${first.id}, current_date, 1, 100)
          ON CONFLICT (viewer_key, campaign_id, day) DO UPDATE SET shown = campaign_views.shown + 1`;
        await tx.$executeRaw`
          INSERT INTO placements (id, campaign_id, day, price_milli, viewer_key, status, placed_at, expires_at)
          VALUES (${randomUUID()}::uuid, ${first.id}, current_date, ${price}, ${viewerKey}, 'RESERVED', now(),
            now() + interval '30 minutes')`;
        return 1;
      });
  },

  /** The limit: auctions that reserve nothing. */
  'in memory': async (databaseUrl) => {
    const bidders = new BidderRepository(connect(PrismaClient, { url: databaseUrl }), options);
    return async ({ cityId }) => auction(await bidders.of(cityId), { slots: 1, reserve: RESERVE }).length;
  },
};
