/** The parents of each GraphQL type's resolvers, under its name. */
export type { EntityReference as User } from '@marquee/subgraph';
export type { FunnelStep } from './domain/funnel.ts';
export type { HistoryEntry } from './domain/history-entry.ts';
export type { TrafficMinute } from './domain/traffic-minute.ts';
export type { RiskCase } from './domain/risk/case.ts';
