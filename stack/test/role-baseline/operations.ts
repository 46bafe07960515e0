import type { GraphQLObjectType } from 'graphql';
import { fieldsOf, type SampleFor, selectionOf } from '../public-schema/routes.ts';
import { signIn } from '../public-schema/actor.ts';
import { overEventStream } from '../public-schema/transports.ts';
import type { Row } from './table.ts';
import { type Verdict, verdictAt, verdictOfCode } from './verdicts.ts';
import { type Actors, ROLES, type Role, type World } from './world.ts';

/** The owners of what is changed come last, so that the others find it as it was. */
const OWNERS: readonly Role[] = ['partner', 'customer'];
const ORDER = [...ROLES.filter((role) => !OWNERS.includes(role)), ...OWNERS];

/** Mutations that take the credential: each is sent with one of its own, after the others. */
const ENDING: readonly string[] = ['logout', 'logoutEverywhere'];

/** Sends every mutation as each role. */
export async function sendMutations(
  type: GraphQLObjectType,
  { actors, marketplace }: Pick<World, 'actors' | 'marketplace'>,
  sampleFor: SampleFor,
): Promise<Row[]> {
  const rows: Row[] = [];
  const ends = ({ name }: { name: string }): boolean => ENDING.includes(name);
  const fields = fieldsOf(type).toSorted((a, b) => Number(ends(a)) - Number(ends(b)));
  for (const field of fields) {
    const verdicts = new Map<Role, Verdict>();
    for (const role of ORDER) {
      const isAnew = ends(field) && role !== 'anonymous';
      const asker = isAnew ? await signIn(marketplace.endpoint, role) : actors.get(role);
      const answer = await asker?.ask(`mutation { ${selectionOf([], field, sampleFor)} }`);
      verdicts.set(role, verdictAt(answer ?? {}, [field.name]));
    }
    rows.push({ place: 'Mutation', field: field.name, verdicts: ROLES.map((role) => verdicts.get(role) ?? '') });
  }
  return rows;
}

/** A refusal may take seconds on a loaded machine; the queries are walked meanwhile. */
const SILENCE_MS = 15_000;

/** Starts every subscription as each role. One that is not refused at once is allowed. */
export function startSubscriptions(
  type: GraphQLObjectType,
  endpoint: string,
  actors: Actors,
  sampleFor: SampleFor,
): Promise<Row[]> {
  return Promise.all(
    fieldsOf(type).map(async (field) => {
      const body = JSON.stringify({ query: `subscription { ${selectionOf([], field, sampleFor)} }` });
      const verdicts = await Promise.all(
        ROLES.map(async (role): Promise<Verdict> => {
          const outcome = await overEventStream(endpoint, actors.get(role)?.headers ?? {}, SILENCE_MS)(body);
          if ('broken' in outcome) return outcome.broken;
          const [error] = outcome.errors;
          return error ? verdictOfCode(String(error.extensions?.code), String(error.message)) : 'yes';
        }),
      );
      return { place: 'Subscription', field: field.name, verdicts };
    }),
  );
}
