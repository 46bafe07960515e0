import type { Locale } from '@marquee/messages';

/** A person, as accounts knows them. */
export interface Person {
  readonly id: string;
  readonly locale: Locale;
}

/** Asks accounts for people; those without an account are left out. @throws when accounts cannot be reached */
export type FetchPeople = (ids: readonly string[]) => Promise<Person[]>;
