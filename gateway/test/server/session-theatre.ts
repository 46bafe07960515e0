import { execute, type GraphQLSchema, parse } from 'graphql';
import type { GatewayOptions } from '../../src/gateway-options.ts';
import { inProcessTransport, type InProcessRequest } from '../../src/transports/in-process.ts';
import type { SubgraphResponse } from '../../src/transports/subgraph-transport.ts';
import { type GatewayUnderTest, startGateway } from './gateway-under-test.ts';
import { theatre } from './theatre.ts';

const SESSIONS = `
  extend type Mutation {
    login(password: String!): SessionResult
    refreshSession(refreshToken: String!): SessionResult
    logout(note: String): Boolean
  }
  union SessionResult = AuthPayload | SessionExpiredError
  type AuthPayload { accessToken: String! refreshToken: String! expiresIn: Int! friend: Friend }
  type Friend { name: String refreshToken: String }
  type SessionExpiredError { message: String! }
`;

/** As long as a used token gives the same tokens again. */
const GRACE_MS = 10_000;

export interface SessionGateway extends GatewayUnderTest {
  readonly origin: string;
  /** The tokens that were exchanged, in order. */
  readonly exchanged: string[];
  /** Who sent each mutation, in order: the kind of caller. */
  readonly callers: string[];
}

/** A gateway whose subgraph has one session at a time: `ref_1`, then `ref_2`, … */
export async function sessionGateway(
  options: Partial<GatewayOptions> = {},
  clock: { now: number } = { now: 0 },
): Promise<SessionGateway> {
  const backend = theatre(SESSIONS);
  const exchanged: string[] = [];
  const callers: string[] = [];
  const used = new Map<string, { readonly at: number; readonly next: number }>();
  let current = 0;
  const payload = (number: number) => ({
    ...{ __typename: 'AuthPayload', accessToken: `acc_${number}`, refreshToken: tokenNamed(number), expiresIn: 600 },
    friend: { name: 'Eve', refreshToken: 'friend' },
  });
  const over = { __typename: 'SessionExpiredError', message: 'Sign in again.' };
  const rootValue = {
    login: ({ password }: { password: string }) => (password === 'right' ? payload(++current) : over),
    refreshSession: ({ refreshToken }: { refreshToken: string }) => {
      exchanged.push(refreshToken);
      if (refreshToken === 'down') throw new TypeError(`cannot read ${refreshToken}`);
      const earlier = used.get(refreshToken);
      if (earlier && clock.now - earlier.at < GRACE_MS) return payload(earlier.next);
      if (refreshToken !== tokenNamed(current)) return over;
      used.set(refreshToken, { at: clock.now, next: ++current });
      return payload(current);
    },
    logout: () => true,
  };
  const subgraph = {
    name: 'catalog',
    execute: async ({ query, variables, caller }: Pick<InProcessRequest, 'query' | 'variables' | 'caller'>) => {
      callers.push(caller.kind);
      const schema = backend.schemas['catalog'] as GraphQLSchema;
      const result = await execute({ schema, document: parse(query), variableValues: variables, rootValue });
      return JSON.parse(JSON.stringify(result)) as SubgraphResponse;
    },
  };
  const under = await startGateway(
    {
      transportFor: (name) => inProcessTransport((name === 'catalog' ? subgraph : backend.subgraphs[name]) as never),
      ...options,
    },
    backend,
  );
  return { ...under, origin: new URL(under.url).origin, exchanged, callers };
}

export const tokenNamed = (number: number): string => `ref_${number}`;
