import { isDatabaseOutage } from '@marquee/database';
import type { PrismaClient } from '@marquee/prisma-search';
import { SharedCache } from '@marquee/redis';
import type { SubgraphRuntime } from '@marquee/subgraph';

import { answersIn } from './adapters/answers.ts';
import { sourceOf } from './adapters/catalog.ts';
import { DocumentRepository } from './adapters/documents.ts';
import { RebuildRepository } from './adapters/rebuilds.ts';
import { Retention } from './adapters/retention.ts';
import { ServingSlotRepository } from './adapters/serving-slot.ts';
import { SlotRepository } from './adapters/slots.ts';
import { StoredDocuments } from './adapters/stored-documents.ts';
import { StoredShows } from './adapters/stored-shows.ts';
import { StoredSignals } from './adapters/stored-signals.ts';
import { observeSearch } from './adapters/telemetry.ts';
import { VocabularyRepository } from './adapters/vocabulary.ts';
import type { RebuildDeps } from './use-cases/rebuild.ts';
import type { SearchDeps } from './use-cases/search.ts';
import type { SuggestDeps } from './use-cases/suggest.ts';

/** An answer is at most this old, as far as popularity and passed shows go; what else it shows drops it at once. */
const FRESH_MS = 60_000;
/** While the database is away, answers are shown for so long. */
const KEEP_MS = 10 * 60_000;
const ANSWERS_IN_MEMORY = 300;

/** The dependencies of use cases, resolvers, handlers and jobs. */
export interface Deps extends SearchDeps, SuggestDeps, RebuildDeps {
  readonly documents: DocumentRepository;
  readonly slots: SlotRepository;
  readonly retention: Retention;
}

export function openDeps(runtime: SubgraphRuntime<PrismaClient, unknown>): Deps {
  const { client, cache: redis, namespace, calls, instruments, now } = runtime;
  const telemetry = observeSearch(client, instruments);
  const cache = new SharedCache<object>({
    ...{ redis, prefix: `${namespace}:search:answer`, onRead: telemetry.onRead },
    ...{ freshMs: FRESH_MS, keepMs: KEEP_MS, inMemory: ANSWERS_IN_MEMORY },
  });
  const [documents, shows, signals] = [new StoredDocuments(client), new StoredShows(client), new StoredSignals(client)];
  return {
    servingSlot: new ServingSlotRepository(client),
    documents: new DocumentRepository(client),
    vocabulary: new VocabularyRepository(client),
    answers: answersIn(cache),
    rebuilds: new RebuildRepository(client),
    slots: new SlotRepository(client),
    source: sourceOf(calls),
    filling: {
      addDocuments: (given) => documents.add(given, 'BUILDING'),
      addShows: (given) => shows.add(given, 'BUILDING'),
      rate: (given) => signals.rate(given),
    },
    retention: new Retention(client),
    isOutage: isDatabaseOutage,
    now,
  };
}
