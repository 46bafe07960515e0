import type { SqlTransaction } from '@marquee/database';
import { appendToOutbox } from '@marquee/events';

import { searchConfiguration } from '../domain/locales.ts';
import type { ArticleText } from '../seed/articles.ts';
import type { SeededCase } from '../seed/seed-support.ts';
import { caseEvent } from './desk-events.ts';
import { ticketJson } from './ticket-rows.ts';

/** Inserts seeded rows, of which people are told nothing. */
export class SeedRepository {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  async isSeeded(): Promise<boolean> {
    const found = await this.#sql.$queryRaw<
      unknown[]
    >`SELECT FROM help_articles WHERE id LIKE 'art\\_seed\\_%' LIMIT 1`;
    return found.length > 0;
  }

  async addCases(cases: readonly SeededCase[]): Promise<void> {
    const tickets = `[${cases.map(({ ticket }) => ticketJson(ticket)).join(',')}]`;
    await this.#sql.$executeRaw`
      INSERT INTO support_tickets SELECT (jsonb_populate_recordset(NULL::support_tickets, ${tickets}::jsonb)).*
      ON CONFLICT DO NOTHING`;
    await appendToOutbox(
      this.#sql,
      cases.map(({ ticket }) => caseEvent(ticket)),
    );
    const messages = JSON.stringify(cases.flatMap(({ messages: lines }) => lines));
    await this.#sql.$executeRaw`
      INSERT INTO support_messages
        (id, ticket_id, sequence, note, author_id, from_agent, text, sent_at, version, public_version)
      SELECT line.id, line."ticketId", line.sequence, line.note, line."authorId", line."fromAgent", line.text,
        line."sentAt", line.version, line."publicVersion"
      FROM jsonb_to_recordset(${messages}::jsonb) AS line (id text, "ticketId" text, sequence int, note int,
        "authorId" text, "fromAgent" boolean, text text, "sentAt" timestamptz, version int, "publicVersion" int)
      ON CONFLICT DO NOTHING`;
  }

  async addArticles(
    articles: readonly { readonly key: string; readonly texts: Readonly<Record<string, ArticleText>> }[],
  ): Promise<void> {
    const texts = articles.flatMap((article, index) =>
      Object.entries(article.texts).map(([locale, text]) => ({
        ...{ id: `art_seed_${article.key}`, locale, configuration: searchConfiguration(locale), ...text, index },
      })),
    );
    await this.#sql.$executeRaw`
      WITH given AS (SELECT * FROM jsonb_to_recordset(${JSON.stringify(texts)}::jsonb)
        AS text (id text, locale text, configuration text, title text, body text, index int)),
      added AS (
        INSERT INTO help_articles (id, created_at) SELECT DISTINCT id, now() - make_interval(days => index + 1) FROM given
        ON CONFLICT DO NOTHING)
      INSERT INTO help_article_texts
        (article_id, locale, title, body, published, version, editor_id, updated_at, search)
      SELECT id, locale, title, body, true, 1, 'usr_seed_agent', now(),
        setweight(to_tsvector(configuration::regconfig, unaccent(title)), 'A')
          || setweight(to_tsvector(configuration::regconfig, unaccent(body)), 'B')
      FROM given ON CONFLICT DO NOTHING`;
  }
}
