import { subgraphSdl } from '@marquee/subgraph/sdl';

/** A subgraph of the supergraph. */
export interface RegisteredSubgraph {
  readonly name: string;
  /** Where it answers when every subgraph is a process of its own; a gateway may be told other addresses. */
  readonly url: string;
  /** Its whole SDL. */
  readonly sdl: string;
}

/** The port of each subgraph when it runs on its own. */
export const SUBGRAPH_PORTS = {
  accounts: 4101,
  catalog: 4102,
  booking: 4103,
  payments: 4104,
  notifications: 4105,
} as const;

export type SubgraphName = keyof typeof SUBGRAPH_PORTS;

/** The subgraphs as the working tree has them. */
export function registeredSubgraphs(): RegisteredSubgraph[] {
  return Object.entries(SUBGRAPH_PORTS).map(([name, port]) => ({
    name,
    url: `http://127.0.0.1:${port}/graphql`,
    sdl: subgraphSdl(new URL(`../../subgraphs/${name}/schema.graphql`, import.meta.url)),
  }));
}
