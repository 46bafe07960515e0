import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

const READ_BYTES = 64 << 10;

/** Called with bytes up to `length`, which are valid only during the call. */
export type OnBytes = (bytes: Buffer, length: number) => void;
export type OpenSocket = (onBytes: OnBytes) => Socket;

/** Opens connections to a URL's origin. Writes are buffered until the connection is established. */
export function socketOpener({ protocol, hostname, port }: URL): OpenSocket {
  // `::1` of `[::1]`.
  const host = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  return protocol === 'https:' ? tlsOpener(host, Number(port || 443)) : tcpOpener(host, Number(port || 80));
}

/** Reads into one buffer per connection, without streams and allocations. */
function tcpOpener(host: string, port: number): OpenSocket {
  return (onBytes) => {
    const buffer = Buffer.allocUnsafeSlow(READ_BYTES);
    const callback = (length: number) => {
      onBytes(buffer, length);
      return true;
    };
    return connect({ host, port, noDelay: true, onread: { buffer, callback } });
  };
}

/** New connections resume the latest TLS session. */
function tlsOpener(host: string, port: number): OpenSocket {
  // SNI takes host names only, not addresses.
  const servername = isIP(host) === 0 ? host : '';
  let session: Buffer | undefined;
  return (onBytes) => {
    const options = { host, port, servername, ALPNProtocols: ['http/1.1'], ...(session && { session }) };
    const socket = connectTls(options);
    socket.setNoDelay(true);
    socket.on('session', (latest) => (session = latest));
    socket.on('data', (bytes: Buffer) => onBytes(bytes, bytes.length));
    return socket;
  };
}
