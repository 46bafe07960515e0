export { serveSubgraph, type ServedSubgraph, type ServeOptions } from './serve.ts';
export { runSubgraph } from './service.ts';
