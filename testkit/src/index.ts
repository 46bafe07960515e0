export { builtProgram } from './built-program.ts';
export { scratchDatabase, testDatabase, type TestDatabase } from './databases.ts';
export { databaseOutage } from './database-outage.ts';
export { eventually, type WaitOptions } from './eventually.ts';
export { dedicatedRedis, type DedicatedRedis } from './dedicated-redis.ts';
export { freezableProxy, type FreezableProxy } from './freezable-proxy.ts';
export { testRedis, type TestRedis } from './redis.ts';
export { recordTraces, type RecordedTraces } from './traces.ts';
export { countStatements, type StatementCounter } from './statements.ts';
