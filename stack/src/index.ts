export { DOMAINS, type Domain } from './domains.ts';
export { type RunningSupergraph, startSupergraph, type SupergraphOptions } from './supergraph.ts';
export { buildSubgraphs } from './subgraphs.ts';
export { type Teardown, teardown } from './teardown.ts';
