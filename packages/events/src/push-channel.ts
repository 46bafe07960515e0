/** The Redis channel on which a push reaches the clients that listen right now. */
export function pushChannel(namespace: string, channel: string): string {
  return `${namespace}:push:${channel}`;
}
