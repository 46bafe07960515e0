import type { ServiceCalls } from './service-calls.ts';

/** A person's role in an organisation, as accounts defines it. */
export interface OrganisationRoleOf {
  readonly organisationId: string;
  readonly role: string;
}

type Roles = readonly OrganisationRoleOf[];

/** Every organisation that a person works for, and as what. */
export type FindOrganisationRoles = (userId: string) => Promise<Roles>;

const FIELDS = '{ organisationId role }';
const OF_ONE = `query OrganisationRoles($userId: ID!) { organisationRoles(userId: $userId) ${FIELDS} }`;

/**
 * Asks accounts each time, so that who was removed from an organisation can do nothing for it any more. What is asked in
 * one tick is one question: a page of venues, or of people, asks once.
 */
export function findOrganisationRoles(calls: ServiceCalls): FindOrganisationRoles {
  let waiting: { readonly userIds: Set<string>; readonly answers: Promise<ReadonlyMap<string, Roles>> } | undefined;
  const nextQuestion = () => {
    const userIds = new Set<string>();
    const answers = new Promise(setImmediate).then(() => {
      waiting = undefined;
      return ask(calls, [...userIds]);
    });
    return { userIds, answers };
  };
  return async (userId) => {
    waiting ??= nextQuestion();
    waiting.userIds.add(userId);
    return (await waiting.answers).get(userId) ?? [];
  };
}

async function ask(calls: ServiceCalls, userIds: readonly string[]): Promise<ReadonlyMap<string, Roles>> {
  const [only = '', ...others] = userIds;
  if (others.length === 0) {
    const variables = { userId: only };
    const data = await calls.query<{ organisationRoles: Roles }>('accounts', { query: OF_ONE, variables });
    return new Map([[only, data.organisationRoles]]);
  }
  const parameters = userIds.map((_id, index) => `$id${index}: ID!`).join(', ');
  const fields = userIds.map((_id, index) => `of${index}: organisationRoles(userId: $id${index}) ${FIELDS}`).join(' ');
  const variables = Object.fromEntries(userIds.map((id, index) => [`id${index}`, id]));
  const query = `query OrganisationRoles(${parameters}) { ${fields} }`;
  const data = await calls.query<Readonly<Record<string, Roles>>>('accounts', { query, variables });
  return new Map(userIds.map((id, index) => [id, data[`of${index}`] ?? []]));
}
