/** The text of a ticket's QR code, apart. The signature is over everything before its dot. */
export interface TicketCode {
  readonly keyId: string;
  /** The show, as codes name it. */
  readonly show: string;
  readonly content: string;
  readonly signature: string;
}

const CODE = /^(MQ2\.([\w-]{8})\.[a-z]{3,8}\.[\w-]{22}\.([\w-]{22}|~\w{1,48})\.[1-9]\d{0,8})\.([\w-]{20,128})$/;

/** @returns null for a text that is no code of a ticket */
export function readCode(text: string): TicketCode | null {
  const [, content, keyId, show, signature] = CODE.exec(text) ?? [];
  return content && keyId && show && signature ? { keyId, show, content, signature } : null;
}

/** A show as codes name it: its UUID in base64url, or its name after a `~`. */
export function showInCode(showId: string): string {
  const [, uuid] = /_([0-9a-f]{32})$/.exec(showId) ?? [];
  if (uuid === undefined) return `~${showId.replace(/^[a-z]+_shw_/, '')}`;
  return toBase64Url(Uint8Array.from(uuid.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)));
}

export function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
