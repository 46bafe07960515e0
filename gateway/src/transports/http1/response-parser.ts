import { MAX_HEAD_BYTES, ResponseTooLargeError } from '../http-client.ts';
import { GrowingBuffer } from './growing-buffer.ts';
import { ResponseHead } from './response-head.ts';
import { chunkSize, LF, lineEnd, MalformedResponseError } from './syntax.ts';

/** The parser's state: the part of a response that comes next. */
type Part =
  | 'status-line'
  | 'headers'
  | 'body'
  | 'body-until-close'
  | 'chunk-size'
  | 'chunk'
  | 'chunk-end'
  | 'trailers'
  | 'nothing';

/**
 * Incremental parser of one connection's responses.
 *
 * A body within one `read` is decoded in place; only incomplete parts are copied.
 */
export class ResponseParser {
  readonly head = new ResponseHead();
  readonly #maxBytes: number;
  readonly #gathered = new GrowingBuffer();
  readonly #partialLine = new GrowingBuffer();
  #body = '';
  #part: Part = 'nothing';
  /** Remaining bytes of the current body or chunk. */
  #remaining = 0;
  #bodyBytes = 0;
  #headBytes = 0;
  #bytes: Buffer = NO_BYTES;
  #position = 0;
  #end = 0;
  /** The latest piece of the body in `#bytes`, not copied yet. */
  #pieceStart = 0;
  #pieceEnd = 0;
  #line: Buffer = NO_BYTES;
  #lineStart = 0;
  #lineEnd = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Prepares for the next response. */
  expect(): void {
    this.head.reset();
    this.#part = 'status-line';
    this.#bodyBytes = 0;
    this.#headBytes = 0;
  }

  /**
   * Parses `bytes` up to `end`; they may be overwritten after the call.
   *
   * @returns whether the response is complete
   * @throws {MalformedResponseError}
   * @throws {ResponseTooLargeError}
   */
  read(bytes: Buffer, end: number): boolean {
    this.#bytes = bytes;
    this.#position = 0;
    this.#end = end;
    this.#pieceStart = this.#pieceEnd = 0;
    while (this.#part !== 'nothing' && this.#position < end && this.#step());
    if (this.#part === 'nothing') this.#complete();
    else this.#gather();
    this.#bytes = NO_BYTES;
    this.#line = NO_BYTES;
    return this.#part === 'nothing';
  }

  /** Returns the body of a complete response and forgets it. */
  takeBody(): string {
    const body = this.#body;
    this.#body = '';
    return body;
  }

  /** Whether bytes followed the response. */
  get hasMore(): boolean {
    return this.#position < this.#end;
  }

  /** Handles the end of the connection. @returns whether it completes the response */
  end(): boolean {
    if (this.#part !== 'body-until-close') return false;
    this.#part = 'nothing';
    this.#pieceStart = this.#pieceEnd = 0;
    this.#complete();
    return true;
  }

  /** @returns false when more bytes are needed */
  #step(): boolean {
    switch (this.#part) {
      case 'body':
      case 'chunk':
      case 'body-until-close':
        this.#readBody();
        return true;
      default:
        if (!this.#nextLine()) return false;
        this.#readLine(this.#line, this.#lineStart, this.#lineEnd);
        return true;
    }
  }

  #readLine(line: Buffer, start: number, end: number): void {
    switch (this.#part) {
      case 'status-line':
        this.head.readStatusLine(line, start, end);
        this.#part = 'headers';
        return;
      case 'headers':
        if (start === end) this.#endHead();
        else this.head.readField(line, start, end);
        return;
      case 'chunk-size':
        this.#startChunk(chunkSize(line, start, end));
        return;
      case 'chunk-end':
        if (start !== end) throw new MalformedResponseError('a chunk is longer than it says');
        this.#part = 'chunk-size';
        return;
      default:
        // Trailers are ignored.
        if (start === end) this.#part = 'nothing';
    }
  }

  #endHead(): void {
    const { head } = this;
    head.check();
    if (head.isInterim) {
      head.reset();
      this.#part = 'status-line';
    } else if (!head.hasBody) this.#part = 'nothing';
    else if (head.isChunked) this.#part = 'chunk-size';
    else if (head.contentLength === -1) this.#startBody('body-until-close', Number.MAX_SAFE_INTEGER);
    else this.#startBody('body', this.#allowed(head.contentLength));
  }

  #startChunk(size: number): void {
    this.#headBytes = 0;
    if (size === 0) this.#part = 'trailers';
    else this.#startBody('chunk', this.#allowed(size));
  }

  #startBody(part: Part, length: number): void {
    this.#part = part;
    this.#remaining = length;
  }

  #allowed(more: number): number {
    if (this.#bodyBytes + more <= this.#maxBytes) return more;
    throw new ResponseTooLargeError(`the response is larger than ${this.#maxBytes} bytes`);
  }

  #readBody(): void {
    const length = Math.min(this.#remaining, this.#end - this.#position);
    this.#bodyBytes += this.#allowed(length);
    this.#gather();
    this.#pieceStart = this.#position;
    this.#position += length;
    this.#pieceEnd = this.#position;
    this.#remaining -= length;
    if (this.#remaining === 0) this.#part = this.#part === 'chunk' ? 'chunk-end' : 'nothing';
  }

  /** Copies the latest piece before its buffer is reused. */
  #gather(): void {
    if (this.#pieceStart === this.#pieceEnd) return;
    this.#gathered.append(this.#bytes, this.#pieceStart, this.#pieceEnd, this.head.contentLength);
    this.#pieceStart = this.#pieceEnd;
  }

  #complete(): void {
    if (this.#gathered.length === 0) {
      this.#body = this.#bytes.toString('utf8', this.#pieceStart, this.#pieceEnd);
      return;
    }
    this.#gather();
    this.#body = this.#gathered.bytes.toString();
    this.#gathered.clear();
  }

  /** Finds the next line; keeps the start of an incomplete one. */
  #nextLine(): boolean {
    if (this.#partialLine.length > 0) return this.#continueLine();
    const start = this.#position;
    const end = lineEnd(this.#bytes, start, this.#end);
    if (end === -1) {
      this.#keepLine(this.#end);
      return false;
    }
    this.#setLine(this.#bytes, start, end);
    this.#position = end + 2;
    return true;
  }

  #continueLine(): boolean {
    let position = this.#position;
    while (position < this.#end && this.#bytes[position] !== LF) position++;
    const isComplete = position < this.#end;
    this.#keepLine(isComplete ? position + 1 : position);
    if (!isComplete) return false;
    const { bytes } = this.#partialLine;
    const end = lineEnd(bytes, 0, bytes.length);
    if (end === -1) throw new MalformedResponseError('a line does not end with CR LF');
    this.#partialLine.clear();
    this.#setLine(bytes, 0, end);
    return true;
  }

  #keepLine(end: number): void {
    this.#partialLine.append(this.#bytes, this.#position, end);
    this.#position = end;
    this.#checkHead(this.#partialLine.length);
  }

  #setLine(line: Buffer, start: number, end: number): void {
    this.#checkHead(end + 2 - start);
    this.#headBytes += end + 2 - start;
    this.#line = line;
    this.#lineStart = start;
    this.#lineEnd = end;
  }

  #checkHead(more: number): void {
    if (this.#headBytes + more > MAX_HEAD_BYTES) throw new MalformedResponseError('the head is too long');
  }
}

const NO_BYTES = Buffer.alloc(0);
