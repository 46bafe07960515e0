/** The record of a request, stored together with what it made, so that a repeat makes nothing new. */
export interface IdempotencyRecord {
  readonly caller: string;
  readonly operation: string;
  readonly key: string;
  readonly requestHash: string;
}

/** Runs `make` once for each key; a repeat gets what `replay` reads. */
export type RunIdempotently = <T>(
  request: { caller: string; operation: string; key: string; body: unknown },
  make: (record: IdempotencyRecord) => Promise<T>,
  replay: (resourceId: string) => Promise<T>,
) => Promise<T>;
