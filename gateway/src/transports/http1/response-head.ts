import { DEFAULT_KEEP_ALIVE_MS, MAX_KEEP_ALIVE_MS } from '../http-client.ts';
import { decimal, equals, MalformedResponseError, skipBlanks, tokenEnd, trimBlanks } from './syntax.ts';

const [SPACE, COLON] = [0x20, 0x3a] as const;

/**
 * The headers that frame the body and decide whether the connection is reused.
 *
 * Lines are parsed as bytes. Decoding all headers, most of them irrelevant, would dominate the cost.
 */
export class ResponseHead {
  status = 0;
  /** -1 when absent. */
  contentLength = -1;
  isChunked = false;
  #isHttp10 = false;
  #closes = false;
  #keepsAlive = false;
  #keepAliveMs = DEFAULT_KEEP_ALIVE_MS;

  get hasBody(): boolean {
    return this.status !== 204 && this.status !== 304 && this.contentLength !== 0;
  }

  /** Whether the body ends before the connection does. */
  get isDelimited(): boolean {
    return this.isChunked || this.contentLength !== -1 || !this.hasBody;
  }

  /** An interim response such as "100 Continue"; the final one follows. */
  get isInterim(): boolean {
    return this.status < 200;
  }

  /** Time for which the connection may be reused, ms; 0 when it may not. */
  get keepAliveMs(): number {
    return this.#closes || (this.#isHttp10 && !this.#keepsAlive) ? 0 : this.#keepAliveMs;
  }

  reset(): void {
    this.status = 0;
    this.contentLength = -1;
    this.isChunked = false;
    this.#isHttp10 = false;
    this.#closes = false;
    this.#keepsAlive = false;
    this.#keepAliveMs = DEFAULT_KEEP_ALIVE_MS;
  }

  /** `HTTP/1.1 200 OK`; the reason is optional. */
  readStatusLine(bytes: Buffer, start: number, end: number): void {
    const minor = decimal(bytes, start + 7, start + 8);
    const status = decimal(bytes, start + 9, start + 12);
    const isStatusLine =
      end - start >= 12 &&
      equals(bytes, start, start + 7, 'http/1.') &&
      (minor === 0 || minor === 1) &&
      bytes[start + 8] === SPACE &&
      status >= 100 &&
      (end - start === 12 || bytes[start + 12] === SPACE);
    if (!isStatusLine) throw new MalformedResponseError('the status line is malformed');
    // No upgrade was requested.
    if (status === 101) throw new MalformedResponseError('the server switched protocols');
    this.status = status;
    this.#isHttp10 = minor === 0;
  }

  readField(bytes: Buffer, start: number, end: number): void {
    const colon = tokenEnd(bytes, start, end);
    if (colon === start || bytes[colon] !== COLON || colon === end) {
      throw new MalformedResponseError('a header is malformed');
    }
    const length = colon - start;
    if (length === 14 && equals(bytes, start, colon, 'content-length')) {
      this.#readContentLength(bytes, skipBlanks(bytes, colon + 1, end), trimBlanks(bytes, colon + 1, end));
    } else if (length === 17 && equals(bytes, start, colon, 'transfer-encoding')) {
      this.#readTransferEncoding(bytes, skipBlanks(bytes, colon + 1, end), trimBlanks(bytes, colon + 1, end));
    } else if (length === 10 && equals(bytes, start, colon, 'connection')) {
      this.#readConnection(bytes, skipBlanks(bytes, colon + 1, end), trimBlanks(bytes, colon + 1, end));
    } else if (length === 10 && equals(bytes, start, colon, 'keep-alive')) {
      this.#readKeepAlive(bytes.toString('latin1', colon + 1, end));
    }
  }

  /** Called after the last header. */
  check(): void {
    if (!this.isChunked) return;
    if (this.contentLength !== -1)
      throw new MalformedResponseError('content-length and transfer-encoding contradict each other');
    if (this.#isHttp10) throw new MalformedResponseError('HTTP/1.0 has no chunks');
  }

  #readContentLength(bytes: Buffer, start: number, end: number): void {
    const length = decimal(bytes, start, end);
    if (length === -1 || (this.contentLength !== -1 && this.contentLength !== length)) {
      throw new MalformedResponseError('content-length is malformed');
    }
    this.contentLength = length;
  }

  #readTransferEncoding(bytes: Buffer, start: number, end: number): void {
    if (this.isChunked || !equals(bytes, start, end, 'chunked')) {
      throw new MalformedResponseError('transfer-encoding is not "chunked"');
    }
    this.isChunked = true;
  }

  #readConnection(bytes: Buffer, start: number, end: number): void {
    if (equals(bytes, start, end, 'keep-alive')) {
      this.#keepsAlive = true;
      return;
    }
    const options = bytes
      .toString('latin1', start, end)
      .toLowerCase()
      .split(/[\t ]*,[\t ]*/);
    if (options.includes('close')) this.#closes = true;
    if (options.includes('keep-alive')) this.#keepsAlive = true;
  }

  /** A second less than announced, because a request sent while the server closes the connection is lost. */
  #readKeepAlive(parameters: string): void {
    const seconds = /\btimeout=(\d+)/i.exec(parameters)?.[1];
    if (seconds === undefined) return;
    this.#keepAliveMs = Math.min(Math.max(0, Number(seconds) - 1) * 1000, MAX_KEEP_ALIVE_MS);
  }
}
