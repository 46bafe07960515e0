/** What takes seconds to load: the start does so only once it knows that it can start. */
export { gatewaySettings } from '@marquee/gateway';
export { settingsOf } from './open-subgraphs.ts';
export { seed } from './seed.ts';
export { openStackLog } from './stack-log.ts';
export { startTelemetry, telemetrySettings } from '@marquee/telemetry';
export { loadSubgraphs } from './subgraphs.ts';
export { startSupergraph } from './supergraph.ts';
