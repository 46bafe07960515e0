/** An error that clients read without its cause. */
export interface MaskedError {
  /** Empty when it is the gateway's own. */
  readonly subgraph: string;
  readonly error: unknown;
  /** Empty before there is a request. */
  readonly traceId: string;
}

export type OnMaskedError = (masked: MaskedError) => void;
