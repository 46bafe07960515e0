import type { Identity } from '@marquee/identity';
import type { ParsedOperation } from '../operation/operation-request.ts';
import type { Client } from '../request/client.ts';

/** The caller and the client of an operation. */
export interface Requester {
  readonly identity: Identity;
  readonly client: Client;
  /** One object for all operations of a batch. */
  readonly record?: object;
}

/**
 * A check of an operation before it is validated, planned and executed.
 *
 * @throws an error with a code for the client
 */
export type OperationCheck = (operation: ParsedOperation, requester: Requester) => void | Promise<void>;

/** Runs checks in order. Returns a promise only when a check does. */
export function combineChecks(checks: readonly OperationCheck[]): OperationCheck {
  const from = (operation: ParsedOperation, requester: Requester, start: number): void | Promise<void> => {
    for (let index = start; index < checks.length; index++) {
      const pending = checks[index]?.(operation, requester);
      if (pending) return pending.then(() => from(operation, requester, index + 1));
    }
  };
  return (operation, requester) => from(operation, requester, 0);
}
