/**
 * The text of a ticket's QR code: `MQ2.<key>.<city>.<ticket>.<show>.<version>.<signature>`.
 *
 * Ids are their UUIDs in base64url, so that the code is small enough to be scanned from a cracked screen; a show whose id
 * has none, such as one of the seed, is named after a `~`. The signature is Ed25519 over everything before its dot.
 */
import type { TicketCode } from './ticket.ts';

const FORMAT = 'MQ2';
const CONTENT = /^MQ2\.([\w-]{8})\.([a-z]{3,8})\.([\w-]{22})\.([\w-]{22}|~\w{1,48})\.([1-9]\d{0,8})$/;
const CITY_ID = /^([a-z]{3,8})_[a-z]{3}_([0-9a-f]{32})$/;
const NAMED_SHOW = /^[a-z]{3,8}_shw_(\w{1,48})$/;
const NAMED = '~';

/** The signed part of a code. @param keyId of the key that signs it */
export function codeContent(keyId: string, { ticketId, showId, version }: TicketCode): string {
  const ticket = partsOf(ticketId);
  if (!ticket) throw cannotName(ticketId);
  return [FORMAT, keyId, ticket.cityCode, ticket.uuid, showPart(showId), version].join('.');
}

/** The statement and the key of the signed part of a code; null when it is not one. */
export function readCodeContent(content: string): (TicketCode & { readonly keyId: string }) | null {
  const [, keyId, city, ticket, show, version] = CONTENT.exec(content) ?? [];
  if (!keyId || !ticket || !show) return null;
  return {
    keyId,
    ticketId: `${city}_tkt_${hex(ticket)}`,
    showId: `${city}_shw_${show.startsWith(NAMED) ? show.slice(NAMED.length) : hex(show)}`,
    version: Number(version),
  };
}

function showPart(showId: string): string {
  const [, name] = NAMED_SHOW.exec(showId) ?? [];
  const part = partsOf(showId)?.uuid ?? (name && `${NAMED}${name}`);
  if (part === undefined) throw cannotName(showId);
  return part;
}

/** Null for an id that is not of a UUID. */
function partsOf(id: string): { cityCode: string; uuid: string } | null {
  const [, cityCode, uuid] = CITY_ID.exec(id) ?? [];
  return cityCode && uuid ? { cityCode, uuid: Buffer.from(uuid, 'hex').toString('base64url') } : null;
}

function cannotName(id: string): Error {
  return new Error(`A ticket's code cannot name ${id}`);
}

function hex(uuid: string): string {
  return Buffer.from(uuid, 'base64url').toString('hex');
}
