import type { GraphQLFormattedError } from 'graphql';

import type { PlanRequest } from '../executor/plan/plan-request.ts';

/** Work on one supergraph. */
export type Work =
  | { readonly kind: 'validate'; readonly query: string }
  | { readonly kind: 'plan'; readonly request: PlanRequest };

/** A message to a planning thread, which answers each with a {@link Reply}. */
export type Message = { readonly id: number; readonly supergraph: string } & (
  | { readonly kind: 'open'; readonly sdl: string }
  | { readonly kind: 'close' }
  | Work
);

export type Reply = { readonly id: number } & (
  | { readonly result: string }
  | { readonly rejected: readonly GraphQLFormattedError[]; readonly cause?: unknown }
  | { readonly failed: unknown }
);
