export { serveSubgraph, type ServedSubgraph, type ServeOptions } from './serve.ts';
export { openService, runSubgraph, type Service } from './service.ts';
export { serviceEnvironment, type ServiceEnvironment } from './environment.ts';
