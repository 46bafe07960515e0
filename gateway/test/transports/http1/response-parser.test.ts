import { expect, test } from 'vitest';
import { ResponseTooLargeError } from '../../../src/transports/http-client.ts';
import { ResponseParser } from '../../../src/transports/http1/response-parser.ts';
import { MalformedResponseError } from '../../../src/transports/http1/syntax.ts';

const OK = 'HTTP/1.1 200 OK\r\n';
const DEFAULT_MS = 4_000;

/** Reads pieces like a socket: into one buffer that each read overwrites. */
function read(parser: ResponseParser, pieces: readonly Buffer[]): boolean[] {
  const buffer = Buffer.alloc(64 << 10);
  return pieces.map((piece) => {
    buffer.fill('#');
    piece.copy(buffer);
    return parser.read(buffer, piece.length);
  });
}

/** Splits the bytes not at all, everywhere, and once at each position. */
function* cuts(bytes: Buffer): Generator<Buffer[]> {
  yield [bytes];
  yield Array.from(bytes, (_, index) => bytes.subarray(index, index + 1));
  for (let index = 1; index < bytes.length; index++) yield [bytes.subarray(0, index), bytes.subarray(index)];
}

test.each([
  ['a length', `${OK}Content-Length: 5\r\n\r\nhello`, 200, 'hello', DEFAULT_MS],
  ['a length of 0', `${OK}content-length: 0\r\n\r\n`, 200, '', DEFAULT_MS],
  ['UTF-8', `${OK}content-length: 9\r\n\r\né–🎟`, 200, 'é–🎟', DEFAULT_MS],
  ['the same length twice', `${OK}content-length: 2\r\nCONTENT-LENGTH:\t2 \r\n\r\nhi`, 200, 'hi', DEFAULT_MS],
  ['no reason', 'HTTP/1.1 200\r\ncontent-length: 2\r\n\r\nhi', 200, 'hi', DEFAULT_MS],
  ['an empty reason', 'HTTP/1.1 503 \r\ncontent-length: 2\r\n\r\nhi', 503, 'hi', DEFAULT_MS],
  ['chunks', `${OK}Transfer-Encoding: Chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n`, 200, 'hello', DEFAULT_MS],
  ['one chunk', `${OK}transfer-encoding: chunked\r\n\r\n0005\r\nhello\r\n0\r\n\r\n`, 200, 'hello', DEFAULT_MS],
  ['no chunk', `${OK}transfer-encoding: chunked\r\n\r\n0\r\n\r\n`, 200, '', DEFAULT_MS],
  [
    'chunks in the middle of a character, with extensions and trailers',
    `${OK}transfer-encoding: chunked\r\n\r\n1 ; a="b"\r\n\xc3\r\nA;x\r\n\xa9 and more\r\n00;y\r\nDigest: 1\r\nx: y\r\n\r\n`,
    200,
    'é and more',
    DEFAULT_MS,
  ],
  ['204 with no word of a body', 'HTTP/1.1 204 No Content\r\n\r\n', 204, '', DEFAULT_MS],
  ['304 with the length of another', 'HTTP/1.1 304 Not Modified\r\ncontent-length: 9\r\n\r\n', 304, '', DEFAULT_MS],
  [
    'interim answers before it',
    `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: a\r\n\r\n${OK}content-length: 2\r\n\r\nhi`,
    200,
    'hi',
    DEFAULT_MS,
  ],
  ['a connection to close', `${OK}Connection: Close\r\ncontent-length: 2\r\n\r\nhi`, 200, 'hi', 0],
  ['close among others', `${OK}connection: x , close\r\ncontent-length: 2\r\n\r\nhi`, 200, 'hi', 0],
  ['HTTP/1.0', 'HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\nhi', 200, 'hi', 0],
  [
    'HTTP/1.0 that stays',
    'HTTP/1.0 200 OK\r\nconnection: keep-alive\r\ncontent-length: 2\r\n\r\nhi',
    200,
    'hi',
    DEFAULT_MS,
  ],
  ['a time to live', `${OK}Keep-Alive: timeout=7, max=9\r\ncontent-length: 2\r\n\r\nhi`, 200, 'hi', 6_000],
  ['a short time to live', `${OK}keep-alive: max=2, timeout=1\r\ncontent-length: 2\r\n\r\nhi`, 200, 'hi', 0],
  ['an endless time to live', `${OK}keep-alive: timeout=99999999\r\ncontent-length: 2\r\n\r\nhi`, 200, 'hi', 600_000],
])('parses a response with %s, however it is split', (_name, text, status, body, keepAliveMs) => {
  // Escapes up to \xff stand for bytes, all else for text.
  const bytes = Buffer.from(text, text.includes('\xc3') ? 'latin1' : 'utf8');
  const parser = new ResponseParser(1_000);
  for (const pieces of cuts(bytes)) {
    parser.expect();
    const complete = read(parser, pieces);
    expect(complete.indexOf(true)).toBe(pieces.length - 1);
    expect([parser.head.status, parser.takeBody(), parser.head.keepAliveMs]).toEqual([status, body, keepAliveMs]);
    expect([parser.head.isDelimited, parser.hasMore]).toEqual([true, false]);
  }
});

test('a body without a length ends with the connection', () => {
  for (const pieces of cuts(Buffer.from(`${OK}content-type: a\r\n\r\né, but no end`))) {
    const parser = new ResponseParser(1_000);
    parser.expect();
    expect(read(parser, pieces)).not.toContain(true);
    expect([parser.end(), parser.takeBody(), parser.head.isDelimited]).toEqual([true, 'é, but no end', false]);
  }
});

test.each([
  ['nothing', ''],
  ['a part of the head', `${OK}content-le`],
  ['a part of the body', `${OK}content-length: 5\r\n\r\nhell`],
  ['all chunks but the last', `${OK}transfer-encoding: chunked\r\n\r\n5\r\nhello\r\n`],
])('a connection that ends after %s is no response', (_name, text) => {
  const parser = new ResponseParser(1_000);
  parser.expect();
  expect(read(parser, [Buffer.from(text)])).toEqual([false]);
  expect(parser.end()).toBe(false);
});

test.each([
  ['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n'],
  ['another version', 'HTTP/2.0 200 OK\r\n'],
  ['no status', 'HTTP/1.1 \r\n'],
  ['a status of letters', 'HTTP/1.1 2x0 OK\r\n'],
  ['a status of four digits', 'HTTP/1.1 2000 OK\r\n'],
  ['a status below 100', 'HTTP/1.1 099 OK\r\n'],
  ['another protocol to go on with', 'HTTP/1.1 101 Switching Protocols\r\n'],
  ['LF alone at the end of a line', 'HTTP/1.1 200 OK\n'],
  ['CR alone in a line', `${OK}a: b\rcontent-length: 1\r\n`],
  ['LF alone in a line', `${OK}a: b\ncontent-length: 1\r\n`],
  ['NUL in a line', `${OK}a: \0\r\n`],
  ['a header without a colon', `${OK}content-length\r\n`],
  ['a header without a name', `${OK}: 5\r\n`],
  ['a blank before the colon', `${OK}content-length : 5\r\n`],
  ['a folded header', `${OK}a: b\r\n content-length: 5\r\n`],
  ['an empty length', `${OK}content-length: \r\n`],
  ['a negative length', `${OK}content-length: -1\r\n`],
  ['a length with a sign', `${OK}content-length: +1\r\n`],
  ['a hexadecimal length', `${OK}content-length: 0x5\r\n`],
  ['a list of lengths', `${OK}content-length: 5, 5\r\n`],
  ['a length beyond all numbers', `${OK}content-length: 9999999999999999\r\n`],
  ['two lengths', `${OK}content-length: 5\r\ncontent-length: 6\r\n`],
  ['a length and chunks', `${OK}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n`],
  ['a length of 0 and chunks', `${OK}transfer-encoding: chunked\r\ncontent-length: 0\r\n\r\n`],
  ['another encoding', `${OK}transfer-encoding: gzip, chunked\r\n`],
  ['chunks twice', `${OK}transfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n`],
  ['chunks of HTTP/1.0', 'HTTP/1.0 200 OK\r\ntransfer-encoding: chunked\r\n\r\n'],
  ['a chunk without a size', `${OK}transfer-encoding: chunked\r\n\r\n\r\n`],
  ['a chunk with a size that is no number', `${OK}transfer-encoding: chunked\r\n\r\n5x\r\n`],
  ['a chunk with a negative size', `${OK}transfer-encoding: chunked\r\n\r\n-5\r\n`],
  ['a chunk with a size beyond all numbers', `${OK}transfer-encoding: chunked\r\n\r\n1000000000000\r\n`],
  ['a chunk that is longer than it says', `${OK}transfer-encoding: chunked\r\n\r\n2\r\nhello\r\n`],
])('rejects %s, however it is split', (_name, text) => {
  for (const pieces of cuts(Buffer.from(text))) {
    const parser = new ResponseParser(1_000);
    parser.expect();
    expect(() => read(parser, pieces)).toThrow(MalformedResponseError);
  }
});

test.each([
  ['one line', `${OK}a: ${'b'.repeat(70_000)}`],
  ['many lines', OK + `a: ${'b'.repeat(95)}\r\n`.repeat(700)],
  ['interim answers', `HTTP/1.1 100 Continue\r\n\r\n`.repeat(3_000)],
  ['an extension of a chunk', `${OK}transfer-encoding: chunked\r\n\r\n1;${'b'.repeat(70_000)}`],
  ['trailers', `${OK}transfer-encoding: chunked\r\n\r\n0\r\n` + `a: ${'b'.repeat(95)}\r\n`.repeat(700)],
])('rejects an endless head (%s)', (_name, text) => {
  const bytes = Buffer.from(text);
  for (const size of [1, 1_000, 60_000]) {
    const parser = new ResponseParser(1_000);
    parser.expect();
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      bytes.subarray(index * size, (index + 1) * size),
    );
    expect(() => pieces.forEach((piece) => parser.read(piece, piece.length))).toThrow('the head is too long');
  }
});

test('many chunks do not count as a long head', () => {
  const parser = new ResponseParser(100_000);
  parser.expect();
  const text = `${OK}transfer-encoding: chunked\r\n\r\n${'1\r\na\r\n'.repeat(30_000)}0\r\n\r\n`;
  const bytes = Buffer.from(text);
  expect(parser.read(bytes, bytes.length)).toBe(true);
  expect(parser.takeBody()).toBe('a'.repeat(30_000));
});

test.each([
  ['before it comes, by its length', `${OK}content-length: 11\r\n\r\n`],
  ['before it comes, by the size of a chunk', `${OK}transfer-encoding: chunked\r\n\r\nb\r\n`],
  ['by the sum of its chunks', `${OK}transfer-encoding: chunked\r\n\r\n6\r\nhello \r\n5\r\n`],
  ['as it comes', `${OK}\r\nhello world`],
])('rejects a response that is too large %s', (_name, text) => {
  for (const pieces of cuts(Buffer.from(text))) {
    const parser = new ResponseParser(10);
    parser.expect();
    expect(() => read(parser, pieces)).toThrow(ResponseTooLargeError);
  }
});

test('notices bytes beyond the response', () => {
  const parser = new ResponseParser(1_000);
  parser.expect();
  expect(read(parser, [Buffer.from(`${OK}content-length: 2\r\n\r\nhi!`)])).toEqual([true]);
  expect([parser.takeBody(), parser.hasMore]).toEqual(['hi', true]);
});
