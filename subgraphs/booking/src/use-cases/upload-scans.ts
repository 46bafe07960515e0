import { badInput } from '@marquee/errors';

import { requireStaff, type StaffDeps } from '../access.ts';
import type { Admissions } from '../domain/admissions.ts';
import type { Tickets } from '../domain/ports.ts';
import { outcomeOf, type Scan, type ScanOutcome, type TicketScan } from '../domain/scan.ts';
import type { Ticket, TicketCode } from '../domain/ticket.ts';
import { requireShow, type RequireShowDeps } from './lookups.ts';

/** The most scans of one upload. */
export const MAX_SCANS = 500;
const MINUTE_MS = 60_000;
/** How far a device's clock may be ahead. */
const CLOCK_TOLERANCE_MS = 5 * MINUTE_MS;
/** How long a device may have been without a network. */
const MAX_AGE_MS = 7 * 24 * 60 * MINUTE_MS;

export interface UploadScansDeps extends RequireShowDeps, StaffDeps {
  readonly ticketKeys: { verify(qrCode: string): TicketCode | null };
  readonly tickets: Pick<Tickets, 'findMany'>;
  readonly admissions: Pick<Admissions, 'recordScans'>;
  readonly now: () => Date;
}

export interface UploadScansInput {
  readonly showId: string;
  readonly deviceId: string;
  readonly scans: readonly Scan[];
  readonly userId: string;
}

export interface ScanResult {
  readonly qrCode: string;
  readonly outcome: ScanOutcome;
  /** Null when the code is of no ticket of the show. */
  readonly ticket: Ticket | null;
  readonly usedAt: Date | null;
}

/**
 * Records what a gate scanned while it had no network. The earliest scan of a ticket is the one that admitted somebody,
 * whichever arrives first, so an upload that is repeated changes nothing.
 *
 * @returns what became of each scan, in their order
 * @throws {CodedError} BAD_USER_INPUT for too many scans, and times in the future or more than a week ago
 * @throws {CodedError} NOT_FOUND, or FORBIDDEN for a show at somebody else's venue
 */
export async function uploadScans(deps: UploadScansDeps, input: UploadScansInput): Promise<readonly ScanResult[]> {
  const { showId, scans } = input;
  const show = await requireShow(deps, showId);
  await requireStaff(deps, show, input.userId, 'CHECK_IN');
  assertScans(scans, deps.now().getTime());
  const device = `device:${input.deviceId}`;
  const codes = scans.map(({ qrCode }) => deps.ticketKeys.verify(qrCode));
  const ofShow = scans.flatMap(({ at }, index) => ticketScan(codes[index], showId, at) ?? []);
  await deps.admissions.recordScans(show, device, ofShow);
  const tickets = new Map((await deps.tickets.findMany(ofShow.map(({ ticketId }) => ticketId))).map((t) => [t.id, t]));
  return scans.map(({ qrCode, at }, index): ScanResult => {
    const code = codes[index];
    const scan = ticketScan(code, showId, at);
    const ticket = (scan && tickets.get(scan.ticketId)) ?? null;
    if (code && !scan) return { qrCode, outcome: 'WRONG_SHOW', ticket, usedAt: null };
    if (!scan || !ticket) return { qrCode, outcome: 'UNKNOWN', ticket, usedAt: null };
    const outcome = outcomeOf(scan, device, ticket);
    return { qrCode, outcome, ticket, usedAt: outcome === 'CANCELLED' ? null : ticket.checkedInAt };
  });
}

function ticketScan(code: TicketCode | null | undefined, showId: string, at: Date): TicketScan | null {
  return code?.showId === showId ? { ticketId: code.ticketId, version: code.version, at } : null;
}

function assertScans(scans: readonly Scan[], now: number): void {
  if (scans.length > MAX_SCANS) throw badInput('input.scans', `Upload at most ${MAX_SCANS} scans at a time.`);
  for (const [index, { at }] of scans.entries()) {
    const field = `input.scans.${index}.at`;
    if (at.getTime() > now + CLOCK_TOLERANCE_MS) {
      throw badInput(field, "This scan is in the future: set the device's clock and correct the time of the scan.");
    }
    if (at.getTime() < now - MAX_AGE_MS) throw badInput(field, 'This scan is more than a week old: leave it out.');
  }
}
