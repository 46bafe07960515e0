import type { Identity } from '@marquee/identity';
import type { ParsedOperation } from '../operation/operation-request.ts';
import type { Client } from '../request/client.ts';

/** Who asks for an operation, and from where. */
export interface Requester {
  readonly identity: Identity;
  readonly client: Client;
}

/**
 * One reason to refuse an operation, before it is validated, planned or run.
 *
 * @throws an error with the code that the client reads.
 */
export type OperationCheck = (operation: ParsedOperation, requester: Requester) => void | Promise<void>;

/** Runs the checks in the given order, cheapest first. Synchronous as long as every check is. */
export function inOrder(checks: readonly OperationCheck[]): OperationCheck {
  const from = (operation: ParsedOperation, requester: Requester, start: number): void | Promise<void> => {
    for (let index = start; index < checks.length; index++) {
      const pending = checks[index]?.(operation, requester);
      if (pending) return pending.then(() => from(operation, requester, index + 1));
    }
  };
  return (operation, requester) => from(operation, requester, 0);
}
