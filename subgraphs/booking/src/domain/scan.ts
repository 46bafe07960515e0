import type { Ticket } from './ticket.ts';

/** One reading of a code by a gate. */
export interface Scan {
  readonly qrCode: string;
  readonly at: Date;
}

export type ScanOutcome = 'ADMITTED' | 'ALREADY_USED' | 'CANCELLED' | 'WRONG_SHOW' | 'UNKNOWN';

/** A scan of a ticket of the show at hand. */
export interface TicketScan {
  readonly ticketId: string;
  readonly version: number;
  readonly at: Date;
}

/**
 * Whether the code was valid when it was scanned. A code that has been replaced since was: otherwise somebody could enter
 * at a gate without a network, and pass the ticket on before the gate's scans arrive.
 */
export function wasValid({ version, at }: TicketScan, { codeVersion, codeSince }: Ticket): boolean {
  return version === codeVersion || (version < codeVersion && at < codeSince);
}

/**
 * The outcome of a device's scan, by the ticket as it is now: the earliest scan is the one that admitted somebody. So a
 * repeated upload is told the same, unless an earlier scan has arrived meanwhile.
 */
export function outcomeOf(scan: TicketScan, device: string, ticket: Ticket): ScanOutcome {
  if (ticket.status === 'CANCELLED' || !wasValid(scan, ticket)) return 'CANCELLED';
  const isEarliest = ticket.checkedInAt?.getTime() === scan.at.getTime() && ticket.checkedInBy === device;
  return isEarliest ? 'ADMITTED' : 'ALREADY_USED';
}
