export { postgresAccount, privateFolder } from './account.ts';
export { freePort, reservePort } from './free-port.ts';
export { startReaper, type Reaper } from './reaper.ts';
export { startPostgres, type PostgresOptions, type RunningPostgres } from './postgres.ts';
export { identify, isAlive, programName, parentPid, type ProcessIdentity } from './process-identity.ts';
export { pingRedis, redisProgram, startRedis, type RedisOptions } from './redis.ts';
export { stopLeftover, type RunningServer, type ServerSpec, startServer } from './server-process.ts';
export { SetupError } from './setup-error.ts';
export { startThrowawayPostgres, startThrowawayRedis, type ThrowawayServer } from './throwaway.ts';
