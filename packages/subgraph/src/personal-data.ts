import { randomUUID } from 'node:crypto';
import type { SqlTransaction } from '@marquee/database';
import {
  appendToOutbox,
  type DomainEvent,
  type ErasedPeople,
  type EventHandlers,
  type HandleOne,
  type NewEvent,
  personErasedType,
  type PersonErasedType,
  rememberErased,
} from '@marquee/events';
import { z } from 'zod';

/** A subgraph's rules for what it holds about people. */
export interface PersonalData {
  /** Everything about a person, under names that people understand. JSON must be able to carry it; dates may be dates. */
  export(userId: string): Promise<Readonly<Record<string, unknown>>>;
  /**
   * Deletes what is about a person, and anonymises what the books keep. Runs for each `account.erased`, which comes again
   * after days, and after each later event that names the person, in the transaction of the inbox. So it must change
   * nothing when there is nothing left.
   */
  erase(userId: string, tx: SqlTransaction): Promise<void>;
}

/** The event upon which every subgraph erases a person. */
const ERASED = 'account.erased';
const erased = z.object({ userId: z.string() });

/** The handler of an account's erasure. What it emits is the receipt: a dead letter has given none. */
export function erasureHandler(domain: string, { erase }: Pick<PersonalData, 'erase'>): EventHandlers {
  return {
    [ERASED]: async ({ id: eventId, payload }: DomainEvent, tx: SqlTransaction) => {
      const { userId } = erased.parse(payload);
      await rememberErased(tx, userId);
      await erase(userId, tx);
      const receipt: NewEvent<PersonErasedType> = {
        ...{ id: randomUUID(), type: personErasedType(domain), key: userId, payload: { userId, eventId } },
      };
      await appendToOutbox(tx, [receipt]);
    },
  };
}

/** A domain's word that it has erased somebody. */
export interface ErasureReceipt {
  readonly domain: string;
  /** The event upon which it was done. */
  readonly eventId: string;
}

/** Handlers of all domains' receipts. */
export function receiptHandlers(
  domains: readonly string[],
  receive: (receipt: ErasureReceipt, tx: SqlTransaction) => Promise<void>,
): EventHandlers {
  const handlers: Record<PersonErasedType, HandleOne<PersonErasedType>> = {};
  for (const domain of domains) {
    handlers[personErasedType(domain)] = ({ payload: { eventId } }, tx) => receive({ domain, eventId }, tx);
  }
  return handlers;
}

/** Every account's id begins like this. */
const PERSON = /^usr_/;

/** Erases people again when a later event names them. */
export function erasedPeopleOf({ erase }: Pick<PersonalData, 'erase'>): ErasedPeople {
  return {
    idsIn: ({ type, payload }) =>
      type === ERASED || type.endsWith(personErasedType('')) ? [] : [...new Set(peopleIn(payload))],
    erasedBy: ({ type, payload }) => (type === ERASED ? peopleIn(payload) : []),
    erase,
  };
}

function peopleIn(value: unknown): string[] {
  if (typeof value === 'string') return PERSON.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(peopleIn) : [];
}

/** The resolvers that a subgraph writes: all of the SDL but `Query.personalData`, which comes from its definition. */
export type OwnResolvers<Resolvers extends { readonly Query?: unknown }> = Omit<Resolvers, 'Query'> & {
  readonly Query?: Omit<NonNullable<Resolvers['Query']>, 'personalData'>;
};

/** Resolvers with that of `Query.personalData`. */
export function withPersonalData<Deps>(resolvers: object, dataOf: ((deps: Deps) => PersonalData) | undefined): object {
  if (!dataOf) return resolvers;
  const personalData = async (_parent: unknown, { userId }: { userId: string }, { deps }: { deps: Deps }) =>
    JSON.stringify(await dataOf(deps).export(userId), (_key, value: unknown) =>
      typeof value === 'bigint' ? Number(value) : value,
    );
  const { Query = {} } = resolvers as { Query?: object };
  return { ...resolvers, Query: { ...Query, personalData } };
}
