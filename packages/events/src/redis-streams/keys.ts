/** The keys of the event log in Redis. */
export interface StreamKeys {
  /** Stream: the events of a domain. */
  events(domain: string): string;
  /** Stream: dead letters to be delivered to a consumer again. */
  replays(consumer: string): string;
  /** Stream: the dead letters of a consumer. */
  dead(consumer: string): string;
  /** String with a time to live: the heartbeat of one process of a consumer. */
  alive(consumer: string, instance: string): string;
}

export function streamKeys(namespace: string): StreamKeys {
  return {
    events: (domain) => `${namespace}:events:${domain}`,
    replays: (consumer) => `${namespace}:replays:${consumer}`,
    dead: (consumer) => `${namespace}:dead:${consumer}`,
    alive: (consumer, instance) => `${namespace}:alive:${consumer}:${instance}`,
  };
}
