import type { ShowStatus } from '../generated/graphql.ts';

/** The state of a show's sale, as lists of shows say it. */
export type Sale = 'later' | 'open' | 'few' | 'soldOut' | 'over' | 'cancelled';

export interface ShownShow {
  readonly status: ShowStatus;
  readonly availability: { readonly total: number; readonly available: number } | null;
}

const FEW_SHARE = 0.12;
const FEW_SEATS = 8;

export function saleOf({ status, availability }: ShownShow): Sale {
  if (status === 'CANCELLED') return 'cancelled';
  if (status === 'CLOSED') return 'over';
  if (status === 'SCHEDULED') return 'later';
  if (status === 'SOLD_OUT' || availability?.available === 0) return 'soldOut';
  if (!availability) return 'open';
  const { available, total } = availability;
  return available <= FEW_SEATS || available <= total * FEW_SHARE ? 'few' : 'open';
}

/** Whether its page has something to do: buy, wait for the sale, or join the waitlist. */
export const isOpen = (sale: Sale): boolean => sale !== 'over' && sale !== 'cancelled';
