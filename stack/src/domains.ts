/** What has a database of its own: the subgraphs and the sandbox payment provider. */
export const DOMAINS = ['accounts', 'catalog', 'booking', 'payments', 'notifications', 'sandbox-provider'] as const;

export type Domain = (typeof DOMAINS)[number];
