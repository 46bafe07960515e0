import { expect, test } from 'vitest';

import {
  assertMayDo,
  findOrganisationRoles,
  ORGANISATION_ROLES,
  type OrganisationRoleOf,
  organisationsFor,
  type ServiceRequest,
} from '../src/index.ts';

const ROLES: Readonly<Record<string, readonly OrganisationRoleOf[]>> = {
  usr_ada: [{ organisationId: 'org_nord', role: 'OWNER' }],
  usr_bo: [{ organisationId: 'org_nord', role: 'SCANNER' }],
};

function accounts() {
  const asked: ServiceRequest[] = [];
  const query = async <Data>(_subgraph: string, request: ServiceRequest): Promise<Data> => {
    asked.push(request);
    const ids = Object.entries(request.variables ?? {}).map(([name, id]) => [name, ROLES[String(id)] ?? []] as const);
    const named = ids.map(([name, roles]) => [
      name === 'userId' ? 'organisationRoles' : name.replace('id', 'of'),
      roles,
    ]);
    return Object.fromEntries(named) as Data;
  };
  return { asked, find: findOrganisationRoles({ query }) };
}

test('what is asked in one tick is one question, and nothing is kept for the next', async () => {
  const { asked, find } = accounts();
  expect(await Promise.all(['usr_ada', 'usr_bo', 'usr_ada', 'usr_none'].map(find))).toEqual([
    ROLES['usr_ada'],
    ROLES['usr_bo'],
    ROLES['usr_ada'],
    [],
  ]);
  expect(asked).toHaveLength(1);
  expect(await find('usr_bo')).toEqual(ROLES['usr_bo']);
  expect(asked).toHaveLength(2);
});

test('a failure fails those who asked, and nobody after them', async () => {
  let isDown = true;
  const query = async <Data>(): Promise<Data> => {
    if (isDown) throw new Error('accounts is away');
    return { organisationRoles: [] } as Data;
  };
  const find = findOrganisationRoles({ query });
  await expect(find('usr_ada')).rejects.toThrow('accounts is away');
  isDown = false;
  expect(await find('usr_ada')).toEqual([]);
});

test('a role counts in its own organisation only', () => {
  const roles = [
    { organisationId: 'org_nord', role: 'FINANCE' },
    { organisationId: 'org_sued', role: 'OWNER' },
  ];
  expect(organisationsFor('CATALOG', roles)).toEqual(['org_sued']);
  expect(() => assertMayDo('FINANCE', 'org_nord', roles)).not.toThrow();
  expect(() => assertMayDo('CATALOG', 'org_nord', roles)).toThrow('Ask its owner for another role');
  expect(() => assertMayDo('CATALOG', 'org_west', roles)).toThrow('that you do not work for');
});

test('an owner does all work, and a role that this version does not know none', () => {
  expect(ORGANISATION_ROLES[0]).toBe('OWNER');
  expect(organisationsFor('CHECK_IN', [{ organisationId: 'org_nord', role: 'USHER' }])).toEqual([]);
});
