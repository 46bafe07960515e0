/** A constraint's name, or a pattern for a partitioned table, where Postgres names the partition's own constraint. */
export type ConstraintName = string | RegExp;

const UNIQUE_VIOLATION = '23505';
const CHECK_VIOLATION = '23514';
const EXCLUSION_VIOLATION = '23P01';

/**
 * Whether a unique constraint or index refused a statement; of any client call, raw or of a model.
 *
 * @param constraint - when given, only a violation of this one counts.
 */
export function isUniqueViolation(error: unknown, constraint?: ConstraintName): boolean {
  return isViolation(UNIQUE_VIOLATION, error, constraint);
}

/** Whether a check constraint refused a statement; see {@link isUniqueViolation}. */
export function isCheckViolation(error: unknown, constraint?: ConstraintName): boolean {
  return isViolation(CHECK_VIOLATION, error, constraint);
}

/** Whether an exclusion constraint refused a statement; see {@link isUniqueViolation}. */
export function isExclusionViolation(error: unknown, constraint?: ConstraintName): boolean {
  return isViolation(EXCLUSION_VIOLATION, error, constraint);
}

/** What Postgres said when it refused or ended a statement. */
export interface PostgresFailure {
  /** Its SQLSTATE. */
  code: string;
  message: string;
}

function isViolation(code: string, error: unknown, constraint: ConstraintName | undefined): boolean {
  const failure = postgresFailure(error);
  if (failure?.code !== code) return false;
  if (constraint === undefined) return true;
  const name = constraintNamedBy(failure.message);
  return typeof constraint === 'string' ? name === constraint : constraint.test(name);
}

/** The message ends with the constraint's name in quotes; the relation's may come before it. */
function constraintNamedBy(message: string): string {
  return [...message.matchAll(/"([^"]+)"/g)].at(-1)?.[1] ?? '';
}

/**
 * Finds what Postgres said. Prisma wraps it: the driver adapter's error is in `meta.driverAdapterError` of its own
 * error, and the code and text that Postgres gave are in the `cause` of that one.
 */
export function postgresFailure(error: unknown): PostgresFailure | undefined {
  for (const layer of layersOf(error)) {
    const { originalCode, originalMessage } = layer;
    if (typeof originalCode === 'string' && typeof originalMessage === 'string') {
      return { code: originalCode, message: originalMessage };
    }
  }
  return undefined;
}

function* layersOf(error: unknown): Generator<Record<string, unknown>> {
  let layer: unknown = error;
  while (isRecord(layer)) {
    yield layer;
    layer = isRecord(layer['meta']) ? layer['meta']['driverAdapterError'] : layer['cause'];
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
