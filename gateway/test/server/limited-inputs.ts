import { collect, type GatewayUnderTest, send } from './gateway-under-test.ts';
import { type Theatre, theatre } from './theatre.ts';
import { eventually } from '@marquee/testkit';

const LIMITED = `
  extend schema
    @link(url: "https://marquee.test/specs/input/v1.0", import: ["@constraint", "@secret"])
    @federation__composeDirective(name: "@constraint")
    @federation__composeDirective(name: "@secret")
  directive @constraint(maxLength: Int, maxItems: Int) on ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION
  directive @secret on ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION
  enum Genre { DRAMA OPERA }
  extend type Query {
    "Shows of these genres."
    ofGenres("The genres." genres: [Genre!] @constraint(maxItems: 2), ids: [ID!] @constraint(maxItems: 100)): Int
  }
  extend type Mutation {
    logIn(input: LogInInput!): Int
    confirm(code: String! @constraint(maxLength: 6) @secret): Int
  }
  input LogInInput { name: String! @constraint(maxLength: 10) password: String! @constraint(maxLength: 20) @secret }
`;

/** The theatre with inputs that have maxima and take credentials. */
export function limitedTheatre(): Theatre {
  return theatre(LIMITED);
}

export interface Refusal {
  readonly message: string;
  readonly extensions: Readonly<Record<string, unknown>>;
}

type Ask = (gateway: GatewayUnderTest, query: string, variables: Record<string, unknown>) => Promise<Refusal[]>;

const JSON_BODY = { 'content-type': 'application/json' };

/** The errors of an operation, over each transport. */
export const TRANSPORTS: readonly (readonly [name: string, ask: Ask])[] = [
  ['HTTP', async ({ ask }, query, variables) => ((await ask(query, { variables })).body.errors ?? []) as Refusal[]],
  [
    'a batch',
    async ({ url }, query, variables) => {
      const body = JSON.stringify([{ query, variables }]);
      const { text } = await send(url, { method: 'POST', headers: JSON_BODY, body });
      const [answer] = JSON.parse(text) as { errors?: Refusal[] }[];
      return answer?.errors ?? [];
    },
  ],
  [
    'a response in parts',
    async ({ url }, query, variables) => {
      const headers = { ...JSON_BODY, accept: 'multipart/mixed;deferSpec=20220824, application/json' };
      const { text } = await send(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
      return errorsIn(text);
    },
  ],
  [
    'an event stream',
    async ({ url }, query, variables) => {
      const headers = { ...JSON_BODY, accept: 'text/event-stream' };
      const { text } = await send(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
      return errorsIn(text);
    },
  ],
  [
    'a socket',
    async ({ client }, query, variables) => {
      const over = collect(client(), query, variables);
      await eventually(() => {
        if (over.end === undefined) throw new Error('not yet');
      });
      const [event] = over.events as { errors?: Refusal[] }[];
      return (over.end?.error as Refusal[] | undefined) ?? event?.errors ?? [];
    },
  ],
];

function errorsIn(text: string): Refusal[] {
  const [json = '{}'] = /\{.*\}/.exec(text) ?? [];
  return (JSON.parse(json) as { errors?: Refusal[] }).errors ?? [];
}
