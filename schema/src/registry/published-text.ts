import { print } from 'graphql';

import type { SubgraphSource } from './sources.ts';

/** A subgraph's SDL as it is published: everything that counts, laid out in one way. */
export function publishedText({ document }: Pick<SubgraphSource, 'document'>): string {
  return `${print(document)}\n`;
}
