export type CoordinateKind = 'field' | 'argument' | 'inputField' | 'enumValue';

/**
 * One line of usage: how often an operation of a client's version used a schema coordinate (`Type.field`,
 * `Type.field(arg:)`, `Input.field`, `Enum.VALUE`; also `Type` for use of a type by name, as in a fragment's type
 * condition or a variable's type).
 */
export interface UsageRecord {
  readonly coordinate: string;
  readonly client: string;
  readonly version: string;
  /** The operation's name, `anonymous` when it has none. */
  readonly operation: string;
  /** Of the normalised operation: see {@link operationHash}. */
  readonly operationHash: string;
  /** Requests, scaled up where only a sample was recorded. */
  readonly count: number;
  /** When the last use was written down: a few seconds after it at most. */
  readonly lastSeen: Date;
}

export interface UsageTotals {
  readonly requests: number;
  readonly byClient: ReadonlyMap<string, number>;
  /** The first day (UTC) of the window from which anything is known; absent when nothing is. */
  readonly recordedSince?: Date;
}

/** Counts are kept by UTC day: those of the day on which a window begins are counted whole. */
export interface UsageSource {
  /**
   * What used these coordinates since then.
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

/** An operation and what it uses at each execution. */
export interface UsedOperation {
  /**
   * Of the normalised operation; then, after a dot, of its coordinates: in another schema the same operation may use
   * others.
   */
  readonly hash: string;
  readonly name: string;
  readonly coordinates: readonly string[];
}

/** What is added to one counter. */
export interface UsageCount {
  readonly operation: UsedOperation;
  readonly client: string;
  readonly version: string;
  /** One that not every execution uses: it was named in the variables. Absent for the execution itself. */
  readonly coordinate?: string;
  /** A whole number of requests. */
  readonly count: number;
}

export interface UsageWriter {
  /** Adds to the counters of the day of `at`, all or none. @throws when the store refuses or cannot be reached. */
  write(counts: readonly UsageCount[], at: Date): Promise<void>;
}
