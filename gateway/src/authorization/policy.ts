import type { Caller } from '@marquee/identity';
import type { Variables } from '../operation/operation-request.ts';

export interface PolicyRequest {
  readonly policy: string;
  readonly caller: Caller;
  readonly operationName: string | null;
  readonly variables: Variables;
  /** Where the operation meets the policy: with the arguments as the request gives them. */
  readonly uses: readonly PolicyUse[];
}

export interface PolicyUse {
  /** `Type.field`, or `Type`. */
  readonly coordinate: string;
  readonly path: readonly string[];
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** Says whether the caller satisfies a policy. A throw or rejection counts as no. */
export type PolicyFunction = (request: PolicyRequest) => boolean | Promise<boolean>;
