import { constants, type ServerHttp2Session } from 'node:http2';
import { TokenBucket } from '../protection/holdings/message-rates.ts';

/** Frames a second that cost work and carry no request; five seconds of them may come at once. */
const CONTROL_FRAMES_PER_SECOND = 40;

/**
 * Ends a session that sends too many resets of its streams, pings or settings.
 *
 * Node answers a flood of resets by ignoring the session's further frames, one of pings or settings only when the client
 * does not read the answers. A stream whose reset says that there is no error stays until its request is read, but no
 * longer counts as one of `maxStreams`.
 */
export function limitControlFrames(
  session: ServerHttp2Session,
  maxStreams: number,
  now: () => number = Date.now,
): void {
  const bucket = new TokenBucket(CONTROL_FRAMES_PER_SECOND);
  const end = (): void => session.destroy(undefined, constants.NGHTTP2_ENHANCE_YOUR_CALM);
  const count = (): void => void (bucket.take(1, now()) || end());
  let open = 0;
  session.on('ping', count);
  session.on('remoteSettings', count);
  session.on('stream', (stream) => {
    open++;
    // As many may be about to close.
    if (open > 2 * maxStreams) end();
    stream.on('close', () => {
      open--;
      if (stream.rstCode !== constants.NGHTTP2_NO_ERROR) count();
    });
  });
}
