export { retryOnConflict } from './conflicts.ts';
export { connect } from './connect.ts';
export type { ConnectOptions, PrismaClientClass } from './connect.ts';
export { createMigration, missingMigration } from './create-migration.ts';
export type { NewMigration } from './create-migration.ts';
export { databaseExists, databaseUrl, dropDatabase, ensureDatabase, withConnection } from './databases.ts';
export {
  idempotent,
  insertIdempotencyKey,
  keyInsert,
  purgeIdempotencyKeys,
  releaseIdempotencyKey,
} from './idempotency.ts';
export type { IdempotencyRow, IdempotentRequest } from './idempotency.ts';
export { driftOf, migrate } from './migrate.ts';
export type { DomainDatabase } from './migrate.ts';
export { openPlainClient } from './plain-client.ts';
export type { PlainClient } from './plain-client.ts';
export { isDatabaseOutage } from './outages.ts';
export { sql } from './sql-client.ts';
export type {
  CopyDatabase,
  CopyTransaction,
  Sql,
  SqlClient,
  SqlDatabase,
  SqlTransaction,
  TransactionLimits,
} from './sql-client.ts';
export { isCheckViolation, isExclusionViolation, isUniqueViolation } from './violations.ts';
export type { ConstraintName } from './violations.ts';
export { hasUnopenable, resealColumn, type SealedColumn } from './reseal.ts';
export { AesSecretBox, type SecretBox } from './secret-box.ts';
