/** The modules that take seconds to load; they are imported only once the stack is known to be able to start. */
export { gatewaySettings } from '@marquee/gateway';
export { settingsOf } from './open-subgraphs.ts';
export { seed } from './seed.ts';
export { openStackLog } from './stack-log.ts';
export { startTelemetry, telemetrySettings } from '@marquee/telemetry';
export { loadSubgraphs } from './subgraphs.ts';
export { startSupergraph } from './supergraph.ts';
