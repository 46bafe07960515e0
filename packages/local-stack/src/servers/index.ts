export { freePort, reservePort } from './free-port.ts';
export { startGuard, type Guard } from './guard.ts';
export { startPostgres, type PostgresOptions, type RunningPostgres } from './postgres.ts';
export { redisProgram, startRedis, type RedisOptions } from './redis.ts';
export { endLeftover, type RunningServer, type ServerRecipe } from './server-process.ts';
export { SetupError } from './setup-error.ts';
export { startThrowawayPostgres, startThrowawayRedis, type ThrowawayServer } from './throwaway.ts';
