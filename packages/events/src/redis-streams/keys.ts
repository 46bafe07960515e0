/** The keys of the event log in Redis. */
export interface StreamKeys {
  /** Stream: the events of a domain. */
  events(domain: string): string;
  /** Sorted set: the ids of the last events that were appended for a domain, by the second. */
  appended(domain: string): string;
  /** Stream: events that are delivered to a consumer once more. */
  redelivered(consumer: string): string;
  /** Hash: the consumers of a domain's events. */
  subscribers(domain: string): string;
  /** List: the receipts for a domain's events. */
  receipts(domain: string): string;
  /** Hash: instants before which nothing is redelivered to a consumer, by domain. */
  horizons(consumer: string): string;
  /** String with a time to live: the heartbeat of one process of a consumer. */
  alive(consumer: string, instance: string): string;
}

export function streamKeys(namespace: string): StreamKeys {
  return {
    events: (domain) => `${namespace}:events:${domain}`,
    appended: (domain) => `${namespace}:appended-at:${domain}`,
    redelivered: (consumer) => `${namespace}:redelivered:${consumer}`,
    subscribers: (domain) => `${namespace}:subscribers:${domain}`,
    receipts: (domain) => `${namespace}:receipts:${domain}`,
    horizons: (consumer) => `${namespace}:horizons:${consumer}`,
    alive: (consumer, instance) => `${namespace}:alive:${consumer}:${instance}`,
  };
}
