export { gatewaySettings, REGISTERED_OPERATIONS } from './environment.ts';
export { createGateway } from './create-gateway.ts';
export type { Gateway, GatewayOptions } from './gateway-options.ts';
export type { Planning, SupergraphPlanner } from './planning/api.ts';
export { PlannerThreads } from './planning/planner-threads.ts';
export { DEFAULT_PLANNING, UNLIMITED_PLANNING } from './planning/settings.ts';
export { policies } from './policies/index.ts';
export { readRegisteredOperations, registeredOperations, type RegisteredOperations } from './protection/safelist.ts';
export { DEFAULT_SETTINGS, type GatewaySettings, type GivenSettings } from './settings.ts';
export { HTTP_CLIENTS, httpTransport, type HttpTransportOptions } from './transports/http.ts';
export { inProcessTransport, type InProcessSubgraph } from './transports/in-process.ts';
export { registeredClients } from './usage/registered-clients.ts';
export type { Caller } from '@marquee/identity';
export type { Engine } from './engine/api.ts';
export { forwardSubgraphRoutes } from './server/subgraph-routes.ts';
export type { PolicyFunction } from './authorization/policy.ts';
export {
  type SubgraphRequest,
  type SubgraphResponse,
  type SubgraphTransport,
  SubgraphUnavailableError,
} from './transports/subgraph-transport.ts';
