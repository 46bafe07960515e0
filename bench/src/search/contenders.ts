import type { SqlDatabase } from '../../../packages/database/src/sql-client.ts';
import { DocumentRepository } from '../../../subgraphs/search/src/adapters/documents.ts';
import { ServingSlotRepository } from '../../../subgraphs/search/src/adapters/serving-slot.ts';
import { VocabularyRepository } from '../../../subgraphs/search/src/adapters/vocabulary.ts';
import { parseConditions } from '../../../subgraphs/search/src/domain/search.ts';
import { foldedName } from '../../../subgraphs/search/src/domain/folding.ts';
import { search } from '../../../subgraphs/search/src/use-cases/search.ts';

export interface Contender {
  readonly name: string;
  /** Finds twenty documents. */
  ask(text: string): Promise<unknown>;
}

const PAGE = 20;

/** The search of this repository without its cache, as the first who asks something meets it. */
export function marquee(client: SqlDatabase): Contender {
  const deps = {
    servingSlot: new ServingSlotRepository(client),
    documents: new DocumentRepository(client),
    vocabulary: new VocabularyRepository(client),
    answers: { read: (_asked: readonly unknown[], _version: string | null, load: () => Promise<object>) => load() },
    isOutage: () => false,
  };
  const conditions = parseConditions(null, null);
  return {
    name: 'marquee',
    ask: (text) => search(deps, { text, conditions, page: { limit: PAGE, after: null, at: new Date() } }),
  };
}

/** The first that anybody writes: names and people that contain the text, which reads every row. */
export function ilike(client: SqlDatabase): Contender {
  return {
    name: 'ILIKE',
    ask: async (text) => {
      const pattern = `%${text.replace(/[\\%_]/g, String.raw`\$&`)}%`;
      return client.$queryRaw`
        SELECT id, name FROM documents_1 WHERE (name ILIKE ${pattern}
          OR array_to_string(people, ' ') ILIKE ${pattern} OR description ILIKE ${pattern})
        ORDER BY popularity DESC LIMIT ${PAGE}`;
    },
  };
}

/** The next that anybody writes: full text by the same index, every match ranked, without typing errors, facets and popularity. */
export function tsRank(client: SqlDatabase): Contender {
  return {
    name: 'ts_rank',
    ask: async (text) => {
      const query = foldedName(text)
        .split(' ')
        .filter(Boolean)
        .map((word) => `'${word}':*`)
        .join(' & ');
      return client.$queryRaw`
        SELECT id, name FROM documents_1 WHERE words @@ ${query}::tsquery
        ORDER BY ts_rank(words, ${query}::tsquery) DESC LIMIT ${PAGE}`;
    },
  };
}
