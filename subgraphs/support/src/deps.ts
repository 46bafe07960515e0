import type { PrismaClient } from '@marquee/prisma-support';
import { customerQueue, type SubgraphRuntime } from '@marquee/subgraph';

import { AgentRepository } from './adapters/agents.ts';
import { Calendars } from './adapters/calendars.ts';
import { DeskRepository } from './adapters/desk.ts';
import { HelpArticleRepository } from './adapters/help-articles.ts';
import { renderMarkdown } from './adapters/markdown.ts';
import { MessageRepository } from './adapters/messages.ts';
import { PeopleRepository } from './adapters/people.ts';
import { SatisfactionRepository } from './adapters/satisfaction.ts';
import { surroundingsOf } from './adapters/surroundings.ts';
import { observeTickets } from './adapters/ticket-telemetry.ts';
import { TicketRepository } from './adapters/tickets.ts';
import type { Settings } from './settings.ts';
import type { OpenTicketDeps } from './use-cases/open-ticket.ts';
import type { SendMessageDeps } from './use-cases/send-message.ts';

/** The dependencies of use cases, resolvers, loaders, handlers and jobs. */
export interface Deps extends OpenTicketDeps, SendMessageDeps {
  readonly desk: DeskRepository;
  readonly tickets: TicketRepository;
  readonly messages: MessageRepository;
  readonly agents: AgentRepository;
  readonly satisfaction: SatisfactionRepository;
  readonly articles: HelpArticleRepository;
  readonly people: PeopleRepository;
  /** Markdown as HTML that is safe to show. */
  readonly renderMarkdown: (text: string) => string;
}

export function openDeps(runtime: SubgraphRuntime<PrismaClient, Settings>): Deps {
  const { client, calls, settings, runIdempotently, instruments } = runtime;
  const { defaultCountry: country, defaultRegion: region, defaultTimeZone: timeZone } = settings;
  const tickets = new TicketRepository(client);
  observeTickets(tickets, instruments);
  return {
    tickets,
    messages: new MessageRepository(client),
    agents: new AgentRepository(client),
    satisfaction: new SatisfactionRepository(client),
    articles: new HelpArticleRepository(client),
    people: new PeopleRepository(client),
    renderMarkdown,
    desk: new DeskRepository(client, runtime),
    calendars: new Calendars(),
    surroundings: surroundingsOf(calls, { country, region, timeZone }),
    turns: customerQueue(runtime, 'support_messages'),
    runIdempotently,
  };
}
