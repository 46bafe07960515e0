import type { ScanOutcome, ScanTicketMutation } from '../generated/graphql.ts';
import type { KeptList, KeptScan } from './store.ts';
import type { Verdict } from './verify.ts';

/** The most scans that `uploadScans` takes at once. */
export const MAX_UPLOAD = 500;

export interface PendingScan extends KeptScan {
  readonly code: string;
}

/** Scans that the server has not heard of, the first made first. */
export function pendingOf(scans: readonly KeptScan[]): readonly PendingScan[] {
  return scans
    .filter((scan): scan is PendingScan => scan.outcome === undefined && scan.code !== undefined)
    .toSorted((a, b) => a.at.localeCompare(b.at));
}

/** A scan whose outcome is known; its code is forgotten. */
export function settled({ code: _code, ...scan }: KeptScan, outcome: ScanOutcome, usedAt: string | null): KeptScan {
  return { ...scan, outcome, usedAt };
}

/** Whether the gate decided otherwise than the server did later. */
export function isContradicted({ verdict, outcome }: KeptScan): boolean {
  if (outcome === undefined) return false;
  return (verdict === 'admit') !== (outcome === 'ADMITTED');
}

/** The list after somebody was admitted, so that the same code does not admit again. */
export function withAdmitted(list: KeptList, ticketId: string): KeptList {
  return {
    ...list,
    tickets: list.tickets.map((ticket) => (ticket.id === ticketId ? { ...ticket, status: 'CHECKED_IN' } : ticket)),
  };
}

/** A list that was read just now, with whom this gate has let in since. */
export function merged(list: KeptList, former: KeptList | undefined, pending: readonly KeptScan[]): KeptList {
  if (!former || pending.length === 0) return list;
  const used = new Set(former.tickets.filter(({ status }) => status === 'CHECKED_IN').map(({ id }) => id));
  return {
    ...list,
    tickets: list.tickets.map((ticket) =>
      used.has(ticket.id) && ticket.status === 'ISSUED' ? { ...ticket, status: 'CHECKED_IN' } : ticket,
    ),
  };
}

type Answer = NonNullable<ScanTicketMutation['scanTicket']>;

/** The outcome of a scan that the server answered at once. */
export function outcomeOf(answer: Answer): { outcome: ScanOutcome; usedAt: string | null } {
  const usedAt = answer.__typename === 'TicketAlreadyUsedError' ? answer.usedAt : null;
  return { outcome: OUTCOMES[answer.__typename], usedAt };
}

const OUTCOMES: Readonly<Record<Answer['__typename'], ScanOutcome>> = {
  ScanTicketPayload: 'ADMITTED',
  TicketAlreadyUsedError: 'ALREADY_USED',
  TicketCancelledError: 'CANCELLED',
  WrongShowError: 'WRONG_SHOW',
  UnknownTicketError: 'UNKNOWN',
};

export function verdictOf(outcome: ScanOutcome): Verdict['kind'] {
  return VERDICTS[outcome];
}

const VERDICTS = {
  ADMITTED: 'admit',
  ALREADY_USED: 'used',
  CANCELLED: 'cancelled',
  WRONG_SHOW: 'wrongShow',
  UNKNOWN: 'unknown',
} as const satisfies Readonly<Record<ScanOutcome, Verdict['kind']>>;
