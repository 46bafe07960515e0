/** The Redis channel that carries pushes to subscribed clients. */
export function pushChannel(namespace: string, channel: string): string {
  return `${namespace}:push:${channel}`;
}
