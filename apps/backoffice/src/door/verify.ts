import type { TicketStatus } from '../generated/graphql.ts';
import { fromBase64Url, readCode, showInCode, type TicketCode, toBase64Url } from './code.ts';

/** The list of a show's tickets that a gate keeps. */
export interface GateList {
  readonly showId: string;
  /** The keys of valid codes, SPKI in PEM. */
  readonly publicKey: string;
  readonly generatedAt: string;
  readonly validUntil: string;
  readonly tickets: readonly { readonly id: string; readonly code: string; readonly status: TicketStatus }[];
}

/** Decisions that a gate makes by itself. */
export type Verdict =
  | { readonly kind: 'admit' | 'used' | 'cancelled'; readonly ticketId: string }
  | { readonly kind: 'wrongShow' | 'unknown' | 'notListed' };

/**
 * Decides on a code without a network. The list has the hash of each valid code; the signature tells a code that is not
 * in it, such as one that was sold later, from one that is no code of ours.
 */
export async function judge(code: string, list: GateList): Promise<Verdict> {
  const read = readCode(code);
  if (!read) return { kind: 'unknown' };
  const hash = await sha256(new TextEncoder().encode(code));
  const ticket = list.tickets.find((each) => each.code === hash);
  if (ticket) return { kind: KINDS[ticket.status], ticketId: ticket.id };
  if (read.show !== showInCode(list.showId)) return { kind: 'wrongShow' };
  return { kind: (await isSigned(read, list.publicKey)) === false ? 'unknown' : 'notListed' };
}

const KINDS = { ISSUED: 'admit', CHECKED_IN: 'used', CANCELLED: 'cancelled' } as const;

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

/** @returns undefined for a code of another key, such as a former one, and where this browser does not know Ed25519 */
async function isSigned({ keyId, content, signature }: TicketCode, publicKey: string): Promise<boolean | undefined> {
  const der = fromBase64Url(publicKey.replaceAll(/-----[A-Z ]+-----|\s/g, ''));
  if (!(await sha256(der)).startsWith(keyId)) return undefined;
  try {
    const key = await crypto.subtle.importKey('spki', der, 'Ed25519', false, ['verify']);
    return await crypto.subtle.verify('Ed25519', key, fromBase64Url(signature), new TextEncoder().encode(content));
  } catch {
    return undefined;
  }
}
