export const LF = 0x0a;
const [TAB, CR, SPACE, ZERO, NINE, SEMICOLON] = [0x09, 0x0d, 0x20, 0x30, 0x39, 0x3b] as const;

/** The characters allowed in a header name. */
const TOKEN = Uint8Array.from({ length: 256 }, (_, code) =>
  /[!#$%&'*+.^_`|~0-9A-Za-z-]/.test(String.fromCharCode(code)) ? 1 : 0,
);

/** A response that is not valid HTTP, or whose length is ambiguous. */
export class MalformedResponseError extends Error {
  override readonly name = 'MalformedResponseError';
}

/**
 * The position of the next CR LF, or -1 when it has not arrived.
 *
 * A bare CR or LF is rejected, because parsers differ on whether it ends a line (response splitting).
 */
export function lineEnd(bytes: Buffer, start: number, end: number): number {
  for (let position = start; position < end; position++) {
    const code = bytes[position] as number;
    if (code > CR || code === TAB) continue;
    if (code === CR && position + 1 === end) return -1;
    if (code === CR && bytes[position + 1] === LF) return position;
    throw new MalformedResponseError('a line does not end with CR LF');
  }
  return -1;
}

/** Hexadecimal digits; extensions are ignored. */
export function chunkSize(bytes: Buffer, start: number, end: number): number {
  let digits = start;
  while (digits < end && bytes[digits] !== SEMICOLON) digits++;
  const text = bytes.toString('latin1', start, digits);
  const size = /^([0-9a-f]{1,12})[\t ]*$/i.exec(text)?.[1];
  if (size === undefined) throw new MalformedResponseError("a chunk's size is malformed");
  return Number.parseInt(size, 16);
}

/** The end of a header name. */
export function tokenEnd(bytes: Buffer, start: number, end: number): number {
  let position = start;
  while (position < end && TOKEN[bytes[position] as number] === 1) position++;
  return position;
}

/** Decimal digits only, else -1. */
export function decimal(bytes: Buffer, start: number, end: number): number {
  if (start >= end || end - start > 15) return -1;
  let value = 0;
  for (let position = start; position < end; position++) {
    const digit = bytes[position] as number;
    if (digit < ZERO || digit > NINE) return -1;
    value = value * 10 + digit - ZERO;
  }
  return value;
}

/** Compares without regard to the case of ASCII letters. @param expected in lower case */
export function equals(bytes: Buffer, start: number, end: number, expected: string): boolean {
  if (end - start !== expected.length) return false;
  for (let index = 0; index < expected.length; index++) {
    const code = bytes[start + index] as number;
    const lower = code >= 0x41 && code <= 0x5a ? code | 0x20 : code;
    if (lower !== expected.charCodeAt(index)) return false;
  }
  return true;
}

export function skipBlanks(bytes: Buffer, start: number, end: number): number {
  let position = start;
  while (position < end && isBlank(bytes[position])) position++;
  return position;
}

export function trimBlanks(bytes: Buffer, start: number, end: number): number {
  let position = end;
  while (position > start && isBlank(bytes[position - 1])) position--;
  return position;
}

function isBlank(code: number | undefined): boolean {
  return code === SPACE || code === TAB;
}
