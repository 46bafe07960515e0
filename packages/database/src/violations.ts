import pg from 'pg';

/** A constraint's name, or a pattern: in a partitioned table Postgres reports the partition's own constraint. */
export type ConstraintName = string | RegExp;

const UNIQUE_VIOLATION = '23505';
const CHECK_VIOLATION = '23514';
const EXCLUSION_VIOLATION = '23P01';

/**
 * Whether a statement violated a unique constraint or index; works for raw statements and model calls.
 *
 * @param constraint - limits the check to this constraint
 */
export function isUniqueViolation(error: unknown, constraint?: ConstraintName): boolean {
  return isViolation(UNIQUE_VIOLATION, error, constraint);
}

/** Whether a statement violated a check constraint; see {@link isUniqueViolation}. */
export function isCheckViolation(error: unknown, constraint?: ConstraintName): boolean {
  return isViolation(CHECK_VIOLATION, error, constraint);
}

/** Whether a statement violated an exclusion constraint; see {@link isUniqueViolation}. */
export function isExclusionViolation(error: unknown, constraint?: ConstraintName): boolean {
  return isViolation(EXCLUSION_VIOLATION, error, constraint);
}

/** An error of Postgres. */
export interface PostgresFailure {
  /** The SQLSTATE. */
  code: string;
  message: string;
}

function isViolation(code: string, error: unknown, constraint: ConstraintName | undefined): boolean {
  const failure = postgresFailure(error);
  if (failure?.code !== code) return false;
  if (constraint === undefined) return true;
  const name = constraintNameIn(failure.message);
  return typeof constraint === 'string' ? name === constraint : constraint.test(name);
}

/** The constraint's name: the last one in quotes. */
function constraintNameIn(message: string): string {
  return [...message.matchAll(/"([^"]+)"/g)].at(-1)?.[1] ?? '';
}

/**
 * Extracts the error of Postgres: pg's own, or from Prisma's, which wraps it: the `cause` of `meta.driverAdapterError` has
 * the code and the message.
 */
export function postgresFailure(error: unknown): PostgresFailure | undefined {
  if (error instanceof pg.DatabaseError) return { code: error.code ?? '', message: error.message };
  for (const layer of layersOf(error)) {
    const { originalCode, originalMessage } = layer;
    if (typeof originalCode === 'string' && typeof originalMessage === 'string') {
      return { code: originalCode, message: originalMessage };
    }
  }
  return undefined;
}

/** The error, and what it wraps, the outermost first. */
export function* layersOf(error: unknown): Generator<Record<string, unknown>> {
  let layer: unknown = error;
  while (isRecord(layer)) {
    yield layer;
    layer = isRecord(layer['meta']) ? layer['meta']['driverAdapterError'] : layer['cause'];
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
