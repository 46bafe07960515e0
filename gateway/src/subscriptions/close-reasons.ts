import { WebSocket } from 'ws';

/** The reasons for which ws (8.23.0) closes a socket by itself, without saying so. */
const REASONS: ReadonlyMap<number, string> = new Map([
  [1002, 'Protocol error'],
  [1007, 'Invalid UTF-8'],
  [1009, 'Message too big'],
]);

/** A socket that never closes without a reason. */
export class SocketWithReasons extends WebSocket {
  override close(code?: number, reason?: string | Buffer): void {
    super.close(code, reason ?? REASONS.get(code ?? 0));
  }
}
