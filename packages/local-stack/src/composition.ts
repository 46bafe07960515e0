/** What takes seconds to load: main.ts does so only once it knows that it can start. */
export { gatewaySettings } from '@marquee/gateway';
export { seed } from './seed.ts';
export { openStackLog } from './stack-log.ts';
export { startTelemetry, telemetrySettings } from '@marquee/telemetry';
export { startSupergraph } from './supergraph.ts';
export { welcome } from './welcome.ts';
