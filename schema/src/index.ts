export { compose, type Composed, CompositionError } from './composition.ts';
export { type RegisteredSubgraph, registeredSubgraphs, SUBGRAPH_PORTS, type SubgraphName } from './subgraphs.ts';
