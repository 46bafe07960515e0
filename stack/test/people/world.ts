import { readFileSync } from 'node:fs';
import { Kind, type OperationDefinitionNode, parse, print } from 'graphql';
import { eventually } from '@marquee/testkit';
import { type GraphClient, GraphRequestError, type Operation } from '../../src/client/index.ts';
import { type Marketplace, type MarketplaceOptions, openMarketplace } from '../marketplace.ts';
import { query } from '../server-process.ts';

const SEEDED = ['customer', 'customer2', 'partner', 'advertiser', 'agent', 'analyst', 'admin'] as const;
/** Who sends an operation: nobody who is signed in, a seeded account, or somebody who registers on the way. */
export type Who = 'anonymous' | 'guest' | (typeof SEEDED)[number];

/** Of the person who registers. */
export const GUEST_EMAIL = 'gwen@example.test';

export type Variables = Readonly<Record<string, unknown>>;

/** A marketplace, those who use it, and what the operations before have left. */
export interface World {
  readonly marketplace: Marketplace;
  readonly titleId: string;
  readonly venueId: string;
  /** Ids and tokens by name. */
  readonly kept: Map<string, string>;
  client(who: Who): GraphClient;
  /** Makes somebody of a token: a person who registers, or signs in again. */
  signIn(who: Who, accessToken: string): void;
  /** The answer of an operation. @throws {GraphRequestError} when it has errors */
  send(who: Who, name: string, variables: Variables): Promise<Record<string, unknown>>;
  /** The latest match of a pattern in the mails to an address, once it has come. */
  mailed(address: string, pattern: RegExp): Promise<string>;
}

const CLIENTS = new URL('../../../schema/clients/', import.meta.url);

/** A registered operation, and the file that has it. */
export interface Registered extends Operation<Record<string, unknown>, Variables> {
  /** Such as `storefront/accounts`. */
  readonly file: string;
  readonly isSubscription: boolean;
}

/** The files of operations by domain. Those of single pages are run by the browser suite, which holds them to be used. */
const BY_DOMAIN: Readonly<Record<string, readonly string[]>> = {
  storefront: ['accounts', 'booking', 'catalog', 'discovery', 'engagement', 'payments'],
  backoffice: ['catalog', 'insight', 'operations', 'people'],
};

/** Every operation that is registered by domain, by its name. */
export const REGISTERED: ReadonlyMap<string, Registered> = new Map(
  Object.entries(BY_DOMAIN).flatMap(([client, files]) =>
    files.flatMap((file) =>
      parse(readFileSync(new URL(`${client}/${file}.graphql`, CLIENTS), 'utf8'))
        .definitions.filter((each): each is OperationDefinitionNode => each.kind === Kind.OPERATION_DEFINITION)
        .map((definition) => {
          const name = definition.name?.value ?? '';
          const isSubscription = definition.operation === 'subscription';
          const operation = { name, document: print(definition), isSubscription };
          return [name, { ...operation, file: `${client}/${file}` }] as const;
        }),
    ),
  ),
);

export function registered(name: string): Registered {
  const found = REGISTERED.get(name);
  if (!found) throw new Error(`No client has registered ${name}`);
  return found;
}

export async function openWorld(options: MarketplaceOptions = {}): Promise<World> {
  const marketplace = await openMarketplace(options);
  const clients = new Map<Who, GraphClient>([['anonymous', marketplace.client()]]);
  for (const who of SEEDED) clients.set(who, await marketplace.logIn(who));
  const client = (who: Who): GraphClient => clients.get(who) ?? nobody(who);
  const send: World['send'] = (who, name, variables) => client(who).request(registered(name), variables);
  const catalog = marketplace.databaseUrl('catalog');
  const [title, venue] = await Promise.all(['titles', 'venues'].map((table) => idIn(catalog, table)));
  return {
    ...{ marketplace, titleId: title ?? '', venueId: venue ?? '', kept: new Map(), client, send },
    signIn: (who, accessToken) => void clients.set(who, marketplace.client(accessToken)),
    mailed: (address, pattern) =>
      eventually(async () => {
        const response = await fetch(new URL(`/mails.json?to=${encodeURIComponent(address)}`, marketplace.mailUrl));
        const mails = (await response.json()) as { text: string }[];
        const found = mails.flatMap(({ text }) => pattern.exec(text)?.[0] ?? [])[0];
        if (found === undefined) throw new Error(`No mail to ${address} has ${pattern}`);
        return found;
      }),
  };
}

async function idIn(databaseUrl: string, table: string): Promise<string> {
  const [row] = (await query(databaseUrl, `SELECT id FROM ${table} LIMIT 1`)) as { id: string }[];
  return row?.id ?? '';
}

function nobody(who: Who): never {
  throw new Error(`${who} is not signed in`);
}

/** The outcome of an answer: the code of its first error, the type of a result, or OK. */
export async function outcomeOf(answer: Promise<Record<string, unknown>>): Promise<string> {
  try {
    const [root] = Object.values(await answer);
    const { __typename: type } = (root ?? {}) as { __typename?: string };
    return type ?? (root === null ? 'null' : 'OK');
  } catch (error) {
    if (error instanceof GraphRequestError) return error.codes[0] ?? 'an error without a code';
    throw error;
  }
}
