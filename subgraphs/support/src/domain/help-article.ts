/** An article in one language. */
export interface HelpArticle {
  readonly id: string;
  /** A BCP 47 tag. */
  readonly locale: string;
  readonly title: string;
  /** Markdown. */
  readonly body: string;
  readonly published: boolean;
  /** Counts how often it was saved in this language. */
  readonly version: number;
  readonly updatedAt: Date;
  readonly createdAt: Date;
}

/** The id of an article's text in one language, such as `art_1.de-CH`. */
export function textIdOf({ id, locale }: Pick<HelpArticle, 'id' | 'locale'>): string {
  return `${id}.${locale}`;
}

/** The article that an id names, by itself or by one of its texts; the language is null without a text. */
export function articleOf(id: string): { readonly articleId: string; readonly language: string | null } {
  const [articleId = '', language = null] = id.split('.', 2);
  return { articleId, language };
}

/** A page of articles in the best language for a reader. */
export interface ArticlePage {
  readonly limit: number;
  readonly locale: string;
  readonly withDrafts: boolean;
  /** Words, all of which a text must have; the last may be unfinished. Null for all articles, the latest first. */
  readonly search: string | null;
  /** The rank and id of the article before the page. */
  readonly after: { readonly rank: number; readonly id: string } | null;
}

export interface FoundArticle extends HelpArticle {
  /** How well it fits, or when it was made. Orders the list. */
  readonly rank: number;
}

export const MAX_TITLE_LENGTH = 200;
export const MAX_BODY_LENGTH = 20_000;
/** Words of a search; more find no more. */
const MAX_WORDS = 10;

/** The words of a search; null when it has none. */
export function searchWords(text: string): string | null {
  const words =
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  return words.length === 0 ? null : words.slice(0, MAX_WORDS).join(' ');
}
