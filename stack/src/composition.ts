/** What takes seconds to load: the start does so only once it knows that it can start. */
export { gatewaySettings } from '@marquee/gateway';
export { seed } from './seed.ts';
export { openStackLog } from './stack-log.ts';
export { startTelemetry, telemetrySettings } from '@marquee/telemetry';
export { startSupergraph } from './supergraph.ts';
