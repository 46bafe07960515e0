import { connect, isUniqueViolation } from '@marquee/database';
import { PrismaClient } from '@marquee/prisma-accounts';

import type { DemoAccount, OrganisationRole } from '@marquee/subgraph';

import { Argon2Passwords } from './adapters/passwords.ts';
import { OrganisationRepository } from './adapters/organisations.ts';
import { UserRepository } from './adapters/users.ts';
import type { Role } from './domain/user.ts';
import { EmailTakenError, SlugTakenError } from './errors.ts';

/** The password of every seeded account. */
export const SEED_PASSWORD = 'marquee-demo-1';

/** The seeded accounts: one per role, and a second customer. */
export const SEEDED_ACCOUNTS: readonly { id: string; email: string; displayName: string; role: Role }[] = [
  account('customer', 'Casey Customer', 'CUSTOMER'),
  account('customer2', 'Robin Customer', 'CUSTOMER'),
  account('partner', 'Pat Partner', 'PARTNER'),
  account('advertiser', 'Alex Advertiser', 'ADVERTISER'),
  account('agent', 'Sam Agent', 'SUPPORT_AGENT'),
  account('analyst', 'Ana Analyst', 'ANALYST'),
  account('admin', 'Ada Admin', 'ADMIN'),
];

/** The seeded organisations: two own the seed's venues, one advertises. */
const SEEDED_ORGANISATIONS = [
  organisation('partner', 'Harbour Lane Pictures', 'harbour-lane'),
  organisation('admin', 'Old Town Stages', 'old-town-stages'),
  organisation('advertiser', 'Northlight Distribution', 'northlight-distribution'),
];

function organisation(owner: string, name: string, slug: string) {
  return { id: `org_seed_${owner}`, ownerId: `usr_seed_${owner}`, name, slug, country: 'GB' };
}

/** Members of the partner's organisation. What they may do, they may because of that. */
export const STAFF: readonly ((typeof SEEDED_ACCOUNTS)[number] & { readonly member: OrganisationRole })[] = [
  { ...account('manager', 'Mia Manager', 'CUSTOMER'), member: 'MANAGER' },
  { ...account('boxoffice', 'Bo Boxer', 'CUSTOMER'), member: 'BOX_OFFICE' },
  { ...account('scanner', 'Sia Scanner', 'CUSTOMER'), member: 'SCANNER' },
  { ...account('finance', 'Finn Finance', 'CUSTOMER'), member: 'FINANCE' },
];

/** Customers who fill the shows of a local stack. Nobody is told of them. */
export const AUDIENCE: typeof SEEDED_ACCOUNTS = [
  'Noor de Vries',
  'Jonas Weber',
  'Lucía Romero',
  'Amara Okafor',
  'Mateo Silva',
  'Hana Sato',
  'Leyla Demir',
  'Oskar Lindqvist',
  'Priya Nair',
  'Tomás Herrera',
  'Wei Zhang',
  'Fatima Haddad',
  'Niamh Byrne',
].map((displayName, index) => account(`audience${index + 1}`, displayName, 'CUSTOMER'));

function account(name: string, displayName: string, role: Role) {
  return { id: `usr_seed_${name}`, email: `${name}@marquee.test`, displayName, role };
}

/**
 * Creates the seeded accounts that do not exist yet; existing ones do not change. @returns how to sign in to those of a
 * role
 */
export async function seed({ databaseUrl }: { readonly databaseUrl: string }): Promise<string[]> {
  const client = connect(PrismaClient, { url: databaseUrl, poolSize: 2, applicationName: 'marquee-accounts-seed' });
  try {
    const added = await addMissing(new UserRepository(client));
    await addMissingOrganisations(new OrganisationRepository(client));
    await client.organisationMember.createMany({ data: membershipsOf(added), skipDuplicates: true });
  } finally {
    await client.$disconnect();
  }
  const accounts = demoAccounts().map(({ email, role }) => `  ${email.padEnd(28)}${role}`);
  return [`Accounts, each with the password ${SEED_PASSWORD}:`, ...accounts];
}

/** The accounts that a newcomer signs in to, with what they are on the marketplace and in organisations. */
export function demoAccounts(): DemoAccount[] {
  const owned = new Map(SEEDED_ORGANISATIONS.map(({ ownerId, name }) => [ownerId, name]));
  const ofRoles = SEEDED_ACCOUNTS.map(({ id, email, role }) => {
    const own = owned.get(id) ?? null;
    return { email, roles: own === null ? [role] : [role, 'OWNER'], organisation: own };
  });
  const employer = SEEDED_ORGANISATIONS[0]?.name ?? null;
  const staff = STAFF.map(({ email, member }) => ({ email, roles: [member], organisation: employer }));
  return [...ofRoles, ...staff].map((demo) => {
    const role = demo.roles.join(', ') + (demo.organisation === null ? '' : ` of ${demo.organisation}`);
    return { ...demo, role, password: SEED_PASSWORD };
  });
}

/** @returns the ids of those that did not exist */
async function addMissing(users: UserRepository): Promise<ReadonlySet<string>> {
  const accounts: typeof SEEDED_ACCOUNTS = [...SEEDED_ACCOUNTS, ...STAFF, ...AUDIENCE];
  const present = new Set((await users.findMany(accounts.map(({ id }) => id))).map(({ id }) => id));
  const missing = accounts.filter(({ id }) => !present.has(id));
  if (missing.length === 0) return new Set();
  // They share a known password, so they may share its hash, which takes long to make.
  const passwordHash = await new Argon2Passwords({ concurrency: 1 }).hash(SEED_PASSWORD, 'seed');
  for (const { role, id, email, displayName } of missing) {
    const roles: Role[] = role === 'CUSTOMER' ? ['CUSTOMER'] : ['CUSTOMER', role];
    const createdAt = new Date();
    const user = {
      ...{ id, email, displayName },
      locale: null,
      homeCityId: null,
      timeZone: null,
      roles,
      createdAt,
      emailVerifiedAt: createdAt,
      pendingEmail: null,
      credentials: 0,
      status: 'ACTIVE' as const,
    };
    await users.add(user, passwordHash).catch(ignoreExisting);
  }
  return new Set(missing.map(({ id }) => id));
}

function membershipsOf(added: ReadonlySet<string>) {
  const organisationId = SEEDED_ORGANISATIONS[0]?.id ?? '';
  return STAFF.filter(({ id }) => added.has(id)).map(({ id: userId, member: role }) => ({
    ...{ organisationId, userId, role },
  }));
}

async function addMissingOrganisations(organisations: OrganisationRepository): Promise<void> {
  const present = new Set((await organisations.findMany(SEEDED_ORGANISATIONS.map(({ id }) => id))).map(({ id }) => id));
  for (const { ownerId, ...business } of SEEDED_ORGANISATIONS.filter(({ id }) => !present.has(id))) {
    await organisations.add(business, ownerId).catch((error: unknown) => {
      if (!(error instanceof SlugTakenError) && !isUniqueViolation(error, 'organisations_pkey')) throw error;
    });
  }
}

/** The address has been registered, or a concurrent seeding created the account. */
function ignoreExisting(error: unknown): void {
  if (!(error instanceof EmailTakenError) && !isUniqueViolation(error, 'users_pkey')) throw error;
}
