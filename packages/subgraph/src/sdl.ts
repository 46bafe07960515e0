import { readFileSync } from 'node:fs';

const COMMON = readFileSync(new URL('../common.graphql', import.meta.url), 'utf8');

/** The SDL of a subgraph: common.graphql, then its own. */
export function subgraphSdl(schemaFile: URL): string {
  return `${COMMON}\n${readFileSync(schemaFile, 'utf8')}`;
}
