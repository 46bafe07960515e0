import { subgraphSdl } from '@marquee/subgraph/sdl';

import ports from '../subgraphs.json' with { type: 'json' };

/** A subgraph of the supergraph. */
export interface RegisteredSubgraph {
  readonly name: string;
  /** Where it answers when every subgraph is a process of its own; a gateway may be told other addresses. */
  readonly url: string;
  /** Its whole SDL. */
  readonly sdl: string;
}

export type SubgraphName = keyof typeof ports;

/** The port of each subgraph when it runs on its own. */
export const SUBGRAPH_PORTS: Readonly<Record<SubgraphName, number>> = ports;

/** The subgraphs as the working tree has them. */
export function registeredSubgraphs(): RegisteredSubgraph[] {
  return Object.entries(SUBGRAPH_PORTS).map(([name, port]) => ({
    name,
    url: subgraphUrl(port),
    sdl: subgraphSdl(new URL(`../../subgraphs/${name}/schema.graphql`, import.meta.url)),
  }));
}

/** Where a subgraph answers on the machine that runs it. */
export function subgraphUrl(port: number): string {
  return `http://127.0.0.1:${port}/graphql`;
}
