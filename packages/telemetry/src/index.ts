export { drain } from './drain.ts';
export { stopOnSignal } from './graceful-stop.ts';
export { healthRoutes, type Readiness } from './health.ts';
export { type Log, type LogOptions, openLog } from './log.ts';
