import { type CodedError, rateLimited } from '@marquee/errors';

/** Heap that a byte of JSON can take once it is parsed: `{},` takes 64 bytes. */
const PER_REQUEST_BYTE = 20;

/** Heap that a character of a document takes once it is parsed: `a,` is a token and a node of 500 bytes. */
const PER_DOCUMENT_CHARACTER = 250;

/** The operation itself. */
const PER_OPERATION = 1_024;

/** The memory of an open operation's request, at most. */
export function memoryOfRequest(bytes: number): number {
  return PER_OPERATION + bytes * PER_REQUEST_BYTE;
}

/** The memory of a document that no other operation shares, at most. */
export function memoryOfDocument(characters: number): number {
  return characters * PER_DOCUMENT_CHARACTER;
}

/** The memory of a text that a live subscription keeps, at most. */
export function memoryOfText(characters: number): number {
  return 2 * characters;
}

export function tooMuchMemory(): CodedError {
  return rateLimited(30, 'Open operations take too much memory. Complete some, then try again.');
}
