import { print } from 'graphql';

import type { SubgraphSource } from './sources.ts';

/** The published form of a subgraph's SDL: normalised, without comments. */
export function publishedText({ document }: Pick<SubgraphSource, 'document'>): string {
  return `${print(document)}\n`;
}
