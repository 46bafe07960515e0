export { type Loosening, refuseLoosenings, refuseProduction } from './loosenings.ts';
export { orExit } from './or-exit.ts';
export { EnvironmentError, readEnvironment, type Variables, variableFor } from './read-environment.ts';
export {
  areRateLimitsOn,
  DEFAULT_METRICS_PORT,
  listening,
  logging,
  metricsListening,
  rateLimiting,
  serviceKeyFiles,
} from './shared-variables.ts';
export { httpUrl, oneOf, port, postgresUrl, redisUrl } from './values.ts';
