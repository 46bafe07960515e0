/** Days from the erasure until it is repeated, for what arrived late: no outbox delivers anything older by then. */
export const REPEAT_AFTER_DAYS = 8;

/** Erasures of accounts. Each is told to all subgraphs twice. */
export interface Erasures {
  /**
   * Deletes an account and emits `account.erased`.
   *
   * @returns the ids of its sessions, which have ended; null when the account has changed since it was read
   * @throws {LastOwnerError} when an organisation would have no owner
   * @throws {LastAdministratorError}
   */
  erase(user: { readonly id: string; readonly credentials: number }, at: Date): Promise<string[] | null>;
  /** Emits `account.erased` again for accounts that were erased before a time. */
  repeat(before: Date, at: Date): Promise<void>;
  /** Completes repeated erasures that every subgraph has done. */
  complete(at: Date): Promise<void>;
  /** Erasures that some subgraph has not done, and how long ago it was told of the oldest. */
  waiting(): Promise<{ readonly erasures: number; readonly oldestSeconds: number }>;
}
