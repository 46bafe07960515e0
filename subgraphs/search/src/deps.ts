import type { PrismaClient } from '@marquee/prisma-search';
import type { SubgraphRuntime } from '@marquee/subgraph';

import { answerCacheIn } from './adapters/answer-cache.ts';
import { DocumentRepository } from './adapters/documents.ts';
import { ServingSlotRepository } from './adapters/serving-slot.ts';
import { VocabularyRepository } from './adapters/vocabulary.ts';
import type { AnswerCache } from './domain/ports.ts';

/** The dependencies of use cases, resolvers, loaders, handlers and jobs. */
export interface Deps {
  readonly servingSlot: ServingSlotRepository;
  readonly documents: DocumentRepository;
  readonly vocabulary: VocabularyRepository;
  readonly answers: AnswerCache;
  readonly now: () => Date;
}

export function openDeps(runtime: SubgraphRuntime<PrismaClient, unknown>): Deps {
  const { client, now } = runtime;
  return {
    servingSlot: new ServingSlotRepository(client),
    documents: new DocumentRepository(client),
    vocabulary: new VocabularyRepository(client),
    answers: answerCacheIn(runtime),
    now,
  };
}
