import type { Caller } from '@marquee/identity';
import type { Variables } from '../operation/operation-request.ts';

export interface PolicyRequest {
  readonly policy: string;
  readonly caller: Caller;
  readonly operationName: string | null;
  readonly variables: Variables;
  /** The fields that require the policy. */
  readonly uses: readonly PolicyUse[];
}

export interface PolicyUse {
  /** `Type.field`, or `Type`. */
  readonly coordinate: string;
  readonly path: readonly string[];
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** Decides whether the caller satisfies a policy. A throw or rejection denies. */
export type PolicyFunction = (request: PolicyRequest) => boolean | Promise<boolean>;
