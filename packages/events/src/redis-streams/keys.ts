/** The names of everything the engine keeps in Redis. */
export interface StreamKeys {
  /** A stream: the events of a domain. */
  events(domain: string): string;
  /** A stream: the dead letters of a consumer that it gets once more. */
  replays(consumer: string): string;
  /** A stream: what a consumer gave up on. */
  dead(consumer: string): string;
  /** A key that exists while a process of the consumer is alive. */
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
