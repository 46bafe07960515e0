import type { GraphQLFormattedError } from 'graphql';

import type { DeferredFields } from '../operation/collect-fields.ts';

/**
 * The fields of a deferred fragment's part: all that it selects (`leave-out` of the first part), or those that no other
 * part has (`collect`).
 */
export type IncrementalFields = Exclude<DeferredFields, 'ignore-defer'>;

export type ResponsePath = readonly (string | number)[];

/** A deferred fragment on one object, for which the client waits. */
export interface PendingFragment {
  readonly id: string;
  /** The object's place. */
  readonly path: ResponsePath;
  readonly label: string | undefined;
}

/** Fields of a deferred fragment. */
export interface DeferredData {
  readonly fragment: PendingFragment;
  /** Below the fragment's path where other fields of the object are delivered elsewhere. */
  readonly path: ResponsePath;
  /** JSON; null when a non-null field is null, which fails the whole fragment. */
  readonly data: Buffer | null;
  readonly errors: readonly GraphQLFormattedError[];
}

/** One later part of a response. */
export interface IncrementalPart {
  /** Fragments announced by this part. */
  readonly pending: readonly PendingFragment[];
  readonly incremental: readonly DeferredData[];
  /** Fragments delivered or failed by this part. */
  readonly completed: readonly PendingFragment[];
  readonly hasNext: boolean;
  /** Allows the memory of its data to be reused. */
  release(): void;
}
