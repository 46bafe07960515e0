import { constants, type ServerHttp2Session } from 'node:http2';
import { TokenBucket } from '../protection/holdings/message-rates.ts';

/** Frames a second that cost work and carry no request; five seconds of them may come at once. */
const CONTROL_FRAMES_PER_SECOND = 40;

/**
 * Ends a session that sends too many resets of its streams, pings or settings.
 *
 * Node answers a flood of resets by ignoring the session's further frames, one of pings or settings only when the client
 * does not read the answers.
 */
export function limitControlFrames(session: ServerHttp2Session, now: () => number = Date.now): void {
  const bucket = new TokenBucket(CONTROL_FRAMES_PER_SECOND);
  const count = (): void => {
    if (!bucket.take(1, now())) session.destroy(undefined, constants.NGHTTP2_ENHANCE_YOUR_CALM);
  };
  session.on('ping', count);
  session.on('remoteSettings', count);
  session.on('stream', (stream) => stream.on('close', () => stream.rstCode === constants.NGHTTP2_NO_ERROR || count()));
}
