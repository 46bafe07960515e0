import type { SqlTransaction } from '@marquee/database';
import type { EventHandlers } from '@marquee/events';
import { z } from 'zod';

/** A subgraph's rules for what it holds about people. */
export interface PersonalData {
  /** Everything about a person, under names that people understand. JSON must be able to carry it; dates may be dates. */
  export(userId: string): Promise<Readonly<Record<string, unknown>>>;
  /**
   * Deletes what is about a person, and anonymises what the books keep. Runs once for each `account.erased`, in the
   * transaction of the inbox; that event comes again after days, for what arrived late. So it must change nothing when
   * there is nothing left.
   */
  erase(userId: string, tx: SqlTransaction): Promise<void>;
}

/** The event upon which every subgraph erases a person. */
const ERASED = 'account.erased';
const erased = z.object({ userId: z.string() });

/** The handler of an account's erasure. */
export function erasureHandler({ erase }: Pick<PersonalData, 'erase'>): EventHandlers {
  return {
    [ERASED]: ({ payload }: { payload: unknown }, tx: SqlTransaction) => erase(erased.parse(payload).userId, tx),
  };
}

/** The resolvers that a subgraph writes: all of the SDL but `Query.personalData`, which comes from its definition. */
export type OwnResolvers<Resolvers extends { readonly Query?: unknown }> = Omit<Resolvers, 'Query'> & {
  readonly Query?: Omit<NonNullable<Resolvers['Query']>, 'personalData'>;
};

/** Resolvers with that of `Query.personalData`. */
export function withPersonalData(resolvers: object, data: PersonalData | undefined): object {
  if (!data) return resolvers;
  const personalData = async (_parent: unknown, { userId }: { userId: string }) =>
    JSON.stringify(await data.export(userId), (_key, value: unknown) =>
      typeof value === 'bigint' ? Number(value) : value,
    );
  const { Query = {} } = resolvers as { Query?: object };
  return { ...resolvers, Query: { ...Query, personalData } };
}
