export { postgresAccount, privateFolder } from './account.ts';
export { freePort, reservePort } from './free-port.ts';
export { startGuard, type Guard } from './guard.ts';
export { startPostgres, type PostgresOptions, type RunningPostgres } from './postgres.ts';
export { identify, isAlive, nameOf, parentOf, type ProcessIdentity } from './process-identity.ts';
export { redisProgram, startRedis, type RedisOptions } from './redis.ts';
export { endLeftover, type RunningServer, type ServerRecipe, startServer } from './server-process.ts';
export { SetupError } from './setup-error.ts';
export { startThrowawayPostgres, startThrowawayRedis, type ThrowawayServer } from './throwaway.ts';
