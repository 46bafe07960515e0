import type { Locale } from '@marquee/messages';

/** A person, as accounts knows them. */
export interface Person {
  readonly id: string;
  readonly locale: Locale;
  readonly email: string | null;
  /** Whether the address was shown to be theirs. */
  readonly emailVerified: boolean;
  /** Null while it is not known. */
  readonly timeZone: string | null;
}

/** Asks accounts for people; those without an account are left out. @throws when accounts cannot be reached */
export type FetchPeople = (ids: readonly string[]) => Promise<Person[]>;
