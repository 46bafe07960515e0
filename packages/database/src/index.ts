export { connect } from './connect.ts';
export type { ConnectOptions, PrismaClientClass } from './connect.ts';
export { createMigration, missingMigration } from './create-migration.ts';
export type { NewMigration } from './create-migration.ts';
export { databaseUrl, dropDatabase, ensureDatabase } from './databases.ts';
export { idempotent, insertIdempotencyKey, purgeIdempotencyKeys } from './idempotency.ts';
export type { IdempotencyRow, IdempotentRequest } from './idempotency.ts';
export {
  IdempotencyInProgressError,
  IdempotencyKeyReusedError,
  InvalidIdempotencyKeyError,
} from './idempotency-errors.ts';
export { untilNoDeadlock } from './deadlocks.ts';
export { driftOf, migrate } from './migrate.ts';
export type { DomainDatabase } from './migrate.ts';
export type { Sql, SqlClient, SqlTransaction, TransactionLimits } from './sql-client.ts';
export { isCheckViolation, isExclusionViolation, isUniqueViolation } from './violations.ts';
export type { ConstraintName } from './violations.ts';
