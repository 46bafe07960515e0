export { stopOnSignal } from './graceful-stop.ts';
export { type Log, type LogOptions, openLog } from './log.ts';
