/** The parents of each GraphQL type's resolvers, under its name. */
export type { EntityReference as User, EntityReference as Booking } from '@marquee/subgraph';

export type { SupportAgent } from './adapters/agents.ts';
export type { HelpArticle } from './domain/help-article.ts';
export type { SupportMessage, SupportTicket } from './domain/ticket.ts';
