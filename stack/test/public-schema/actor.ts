import { DEMO_PASSWORD } from '../../src/demo/purchase.ts';

export interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string };
  }[];
}

/** Somebody who sends requests to the public endpoint. */
export interface Actor {
  /** The credential's header; empty for an anonymous caller. */
  readonly headers: Readonly<Record<string, string>>;
  ask(query: string, variables?: object): Promise<Answer>;
}

/** @param accessToken none for an anonymous caller */
export function actor(endpoint: string, accessToken?: string): Actor {
  const headers = accessToken === undefined ? {} : { Authorization: `Bearer ${accessToken}` };
  return {
    headers,
    ask: async (query, variables = {}) => {
      const response = await fetch(endpoint, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as Answer;
    },
  };
}

const LOGIN = `mutation ($input: LoginInput!) { login(input: $input) { ... on AuthPayload { accessToken } } }`;

/** Signs in to a seeded account. */
export async function signIn(endpoint: string, account: string): Promise<Actor> {
  const input = { email: `${account}@marquee.test`, password: DEMO_PASSWORD };
  const { accessToken } = await dataOf<{ accessToken: string }>(actor(endpoint), 'login', LOGIN, { input });
  return actor(endpoint, accessToken);
}

/** A root field of a successful answer. @throws with the errors of another */
export async function dataOf<Data>(asker: Actor, field: string, query: string, variables?: object): Promise<Data> {
  const { data, errors } = await asker.ask(query, variables);
  if (errors || !data) throw new Error(`${field}: ${JSON.stringify(errors)}`);
  return data[field] as Data;
}
