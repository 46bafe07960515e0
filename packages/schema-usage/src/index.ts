export {
  DEFAULT_RECORDING,
  type RecordingSettings,
  UsageRecorder,
  type UsageRecorderOptions,
} from './usage-recorder.ts';
export type { CoordinateSink } from './variable-uses.ts';
export { DamagedUsageError, UsageUnavailableError } from './errors.ts';
export { operationHash } from './operation-hash.ts';
export { type OperationUsage, operationUsage } from './operation-usage.ts';
export { redisUsage, type RedisUsageOptions } from './redis-usage.ts';
export { redisUsageWriter, type RedisUsageWriterOptions } from './redis-writer.ts';
export { schemaCoordinates } from './schema-coordinates.ts';
export type {
  CoordinateKind,
  UsageCount,
  UsageRecord,
  UsageSource,
  UsageTotals,
  UsageWriter,
  UsedOperation,
} from './usage.ts';
