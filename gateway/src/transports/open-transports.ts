import type { SubgraphTransport } from './subgraph-transport.ts';

/** Creates the transport to a subgraph. */
export type TransportFor = (subgraph: string, url: string) => SubgraphTransport;

/** The open transports, by subgraph and URL; reused across supergraphs. */
export class OpenTransports {
  readonly #transportFor: TransportFor;
  readonly #open = new Map<string, SubgraphTransport>();

  constructor(transportFor: TransportFor) {
    this.#transportFor = transportFor;
  }

  forSubgraph(name: string, url: string): SubgraphTransport {
    const key = keyOf(name, url);
    const transport = this.#open.get(key) ?? this.#transportFor(name, url);
    this.#open.set(key, transport);
    return transport;
  }

  /** Transport by subgraph name. */
  forSubgraphs(subgraphs: ReadonlyMap<string, string>): ReadonlyMap<string, SubgraphTransport> {
    return new Map([...subgraphs].map(([name, url]) => [name, this.forSubgraph(name, url)]));
  }

  /** Closes the transports that these subgraphs do not use. */
  async closeUnused(subgraphs: ReadonlyMap<string, string>): Promise<void> {
    const used = new Set([...subgraphs].map(([name, url]) => keyOf(name, url)));
    const unused = [...this.#open].filter(([key]) => !used.has(key));
    for (const [key] of unused) this.#open.delete(key);
    await Promise.all(unused.map(([, transport]) => transport.close?.()));
  }
}

/** @throws when there is no such subgraph */
export function transportIn(transports: ReadonlyMap<string, SubgraphTransport>, subgraph: string): SubgraphTransport {
  const transport = transports.get(subgraph);
  if (transport === undefined) throw new Error(`There is no subgraph "${subgraph}"`);
  return transport;
}

function keyOf(name: string, url: string): string {
  return `${name} ${url}`;
}
