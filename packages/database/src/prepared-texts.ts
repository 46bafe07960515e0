import { Sql } from '@prisma/client/runtime/client';
import pg from 'pg';

import { sql } from './sql-client.ts';
import { readValues, toParameter } from './sql-values.ts';

/** The most texts with a name: each costs memory in every connection, for as long as that is open. */
const MAX_NAMES = 500;
const NO_SUCH_STATEMENT = '26000';

/** A statement's text with `$1` and so on, and the values of these. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * Names statement texts, so that each connection parses a text once, and plans it a few times.
 *
 * Write statements with arrays as parameters: a text whose length varies with its input uses up names. The texts after
 * the 500th are sent without a name.
 */
export class PreparedTexts {
  readonly #names = new Map<string, string>();
  /** The texts of templates without nested parts, which stay the same. */
  readonly #plain = new WeakMap<TemplateStringsArray, string>();
  #named = 0;

  read(query: TemplateStringsArray | Sql, values: readonly unknown[]): Statement {
    if (!('raw' in query)) return query;
    if (values.some((value) => value instanceof Sql)) return sql(query, ...values);
    return { text: this.#plainText(query), values };
  }

  prepare({ text, values }: Statement): pg.QueryConfig {
    return { ...this.#nameOf(text), text, values: values.map(toParameter), types: readValues };
  }

  /** Names all texts anew, after a connection could not use a name any more. */
  renew(): void {
    this.#names.clear();
  }

  #nameOf(text: string): { name?: string } {
    const known = this.#names.get(text);
    if (known !== undefined) return { name: known };
    if (this.#names.size === MAX_NAMES) return {};
    this.#named += 1;
    const name = `marquee_${this.#named}`;
    this.#names.set(text, name);
    return { name };
  }

  #plainText(template: TemplateStringsArray): string {
    const known = this.#plain.get(template);
    if (known !== undefined) return known;
    const text = template.reduce((before, part, index) => `${before}$${index}${part}`);
    this.#plain.set(template, text);
    return text;
  }
}

/** Whether a name cannot be used any more: a migration changed the result, or a proxy took another connection. */
export function isStale(error: unknown): boolean {
  if (!(error instanceof pg.DatabaseError)) return false;
  return error.routine === 'RevalidateCachedQuery' || error.code === NO_SUCH_STATEMENT;
}
