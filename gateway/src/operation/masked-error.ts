/** An error whose cause is hidden from clients. */
export interface MaskedError {
  /** Empty when the error is the gateway's own. */
  readonly subgraph: string;
  readonly error: unknown;
  readonly traceId: string;
}

export type OnMaskedError = (masked: MaskedError) => void;
