import type { DocumentNode } from 'graphql';
import type { Caller } from '@marquee/identity';
import type { Client } from '../request/client.ts';
import type { Variables } from '../operation/operation-request.ts';

/** An operation that was parsed and not yet validated, planned or run. */
export interface PendingOperation {
  readonly query: string;
  readonly document: DocumentNode;
  readonly operationName: string | null;
  readonly variables: Variables;
  readonly caller: Caller;
  readonly client: Client;
}

/**
 * One reason to refuse an operation.
 *
 * @throws an error with the code that the client reads.
 */
export type OperationCheck = (operation: PendingOperation) => void | Promise<void>;

/** Runs the checks one after another, cheapest first as they are given; stays synchronous when all of them are. */
export function inOrder(checks: readonly OperationCheck[]): OperationCheck {
  const from = (operation: PendingOperation, start: number): void | Promise<void> => {
    for (let index = start; index < checks.length; index++) {
      const pending = checks[index]?.(operation);
      if (pending) return pending.then(() => from(operation, index + 1));
    }
  };
  return (operation) => from(operation, 0);
}
