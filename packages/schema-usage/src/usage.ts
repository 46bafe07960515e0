export type CoordinateKind = 'field' | 'argument' | 'inputField' | 'enumValue';

/**
 * How often an operation of a client's version used a schema coordinate: `Type.field`, `Type.field(arg:)`, `Input.field`,
 * `Enum.VALUE`, or `Type` for a type named by a fragment or a variable.
 */
export interface UsageRecord {
  readonly coordinate: string;
  readonly client: string;
  readonly version: string;
  /** The operation's name, or `anonymous`. */
  readonly operation: string;
  /** See {@link operationHash}. */
  readonly operationHash: string;
  /** The number of requests, scaled up from the sample. */
  readonly count: number;
  /** When the last use was written, a few seconds after it at most. */
  readonly lastSeen: Date;
}

export interface UsageTotals {
  readonly requests: number;
  readonly byClient: ReadonlyMap<string, number>;
  /** The first day (UTC) of the window with counts; absent when there are none. */
  readonly recordedSince?: Date;
}

/** Reads usage. Counts are kept by UTC day, so the whole first day of a window is included. */
export interface UsageSource {
  /**
   * The uses of these coordinates since then.
   *
   * @throws {UsageUnavailableError} when the store cannot be reached
   * @throws {DamagedUsageError} naming the record that cannot be read
   */
  usageOf(coordinates: readonly string[], since: Date): Promise<readonly UsageRecord[]>;
  /**
   * @throws {UsageUnavailableError}
   * @throws {DamagedUsageError}
   */
  totals(since: Date): Promise<UsageTotals>;
  close(): Promise<void>;
}

/** An operation, and the coordinates that every execution uses. */
export interface UsedOperation {
  /**
   * The hash of the normalised operation and, after a dot, of its coordinates, which depend on the schema.
   */
  readonly hash: string;
  readonly name: string;
  readonly coordinates: readonly string[];
}

/** An increment of one counter. */
export interface UsageCount {
  readonly operation: UsedOperation;
  readonly client: string;
  readonly version: string;
  /** A coordinate named in the variables; absent for the execution itself. */
  readonly coordinate?: string;
  /** An integer number of requests. */
  readonly count: number;
}

export interface UsageWriter {
  /** Adds to the counters of the day of `at`, all or none. @throws when the store rejects it or is unreachable */
  write(counts: readonly UsageCount[], at: Date): Promise<void>;
}
