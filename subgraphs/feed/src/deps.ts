import { isDatabaseOutage } from '@marquee/database';
import type { PrismaClient } from '@marquee/prisma-feed';
import { SharedCache } from '@marquee/redis';
import type { Device, SubgraphRuntime } from '@marquee/subgraph';
import type { z } from 'zod';

import { sponsoredBy } from './adapters/ads.ts';
import { catalogOf } from './adapters/catalog.ts';
import { catalogCopyIn } from './adapters/catalog-copy.ts';
import { FeedRepository } from './adapters/feeds.ts';
import { HeldDataRepository } from './adapters/held-data.ts';
import { languageIn } from './adapters/languages.ts';
import { Retention } from './adapters/retention.ts';
import { observeFeeds } from './adapters/telemetry.ts';
import { viewerKeyOf } from './adapters/viewer-key.ts';
import type { CityCandidates } from './domain/candidates.ts';
import type { Catalog, CatalogCopy, FindSponsored } from './domain/ports.ts';
import type { Taste } from './domain/taste.ts';
import type { settings } from './settings.ts';
import type { HydrateFeedDeps } from './use-cases/hydrate-feed.ts';

/** A city's feed is at most this old, as far as people's visits go; what cannot be booked leaves it at once. */
const CITY_FRESH_MS = 30_000;
const TASTE_FRESH_MS = 60_000;
/** While the database is away, feeds are answered for so long. */
const KEEP_CITY_MS = 60 * 60_000;
const KEEP_TASTE_MS = 10 * 60_000;
const CITIES_IN_MEMORY = 100;
/** Of what is cached: to be raised with its shape, so that no process reads what another's code wrote. */
const FORMAT = 1;

/** The dependencies of use cases, resolvers, handlers and jobs. */
export interface Deps extends HydrateFeedDeps {
  readonly heldData: HeldDataRepository;
  readonly retention: Retention;
  readonly catalog: Catalog;
  readonly copy: CatalogCopy;
  readonly findSponsored: FindSponsored;
  viewerKeyOf(userId: string | null, device: Device): string;
}

export function openDeps(runtime: SubgraphRuntime<PrismaClient, z.output<typeof settings>>): Deps {
  const { client, cache: redis, namespace, calls, log, now, instruments, settings: own } = runtime;
  const telemetry = observeFeeds(instruments, log);
  return {
    feeds: new FeedRepository(client),
    cities: new SharedCache<CityCandidates>({
      ...{ redis, prefix: `${namespace}:feed:${FORMAT}:city`, onRead: telemetry.onRead('city') },
      ...{ freshMs: CITY_FRESH_MS, keepMs: KEEP_CITY_MS, inMemory: CITIES_IN_MEMORY },
    }),
    tastes: new SharedCache<Taste>({
      ...{ redis, prefix: `${namespace}:feed:${FORMAT}:taste`, onRead: telemetry.onRead('taste') },
      ...{ freshMs: TASTE_FRESH_MS, keepMs: KEEP_TASTE_MS, inMemory: 0 },
    }),
    findLanguage: languageIn(calls, log),
    findSponsored: sponsoredBy({ calls, now, onFailure: telemetry.onAdsFailure }),
    heldData: new HeldDataRepository(client),
    retention: new Retention(client),
    catalog: catalogOf(calls),
    copy: catalogCopyIn(client),
    viewerKeyOf: (userId, device) => viewerKeyOf(userId, device, { secret: own.viewerKey, now }),
    isOutage: isDatabaseOutage,
    now,
  };
}
