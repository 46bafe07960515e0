import type { GraphQLObjectType } from 'graphql';
import { fieldsOf, type SampleFor, selectionOf } from '../public-schema/routes.ts';
import { overEventStream } from '../public-schema/transports.ts';
import type { Row } from './table.ts';
import { type Verdict, verdictAt, verdictOfCode } from './verdicts.ts';
import { type Actors, ROLES, type Role } from './world.ts';

/** The owners of what is changed come last, so that the others find it as it was. */
const OWNERS: readonly Role[] = ['partner', 'customer'];
const ORDER = [...ROLES.filter((role) => !OWNERS.includes(role)), ...OWNERS];

/** Sends every mutation as each role; `logout` last, because it takes the credential. */
export async function sendMutations(type: GraphQLObjectType, actors: Actors, sampleFor: SampleFor): Promise<Row[]> {
  const rows: Row[] = [];
  const fields = fieldsOf(type).toSorted((a, b) => Number(a.name === 'logout') - Number(b.name === 'logout'));
  for (const field of fields) {
    const verdicts = new Map<Role, Verdict>();
    for (const role of ORDER) {
      const answer = await actors.get(role)?.ask(`mutation { ${selectionOf([], field, sampleFor)} }`);
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
