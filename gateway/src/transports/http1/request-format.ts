/** Formats requests to one URL; the constant start is built once. */
export class RequestFormat {
  readonly #start: string;

  constructor({ pathname, search, host }: URL) {
    this.#start =
      `POST ${pathname}${search} HTTP/1.1\r\nhost: ${host}\r\nconnection: keep-alive\r\n` +
      `content-type: application/json\r\naccept: application/json\r\n`;
  }

  /** The whole request as one latin1 string, in which each character is a byte. */
  message(headers: readonly string[], body: string): string {
    let message = this.#start;
    for (let index = 0; index < headers.length; index += 2) {
      message += `${headers[index] as string}: ${headers[index + 1] as string}\r\n`;
    }
    const length = Buffer.byteLength(body);
    const bytes = length === body.length ? body : Buffer.from(body).toString('latin1');
    return `${message}content-length: ${length}\r\n\r\n${bytes}`;
  }
}
