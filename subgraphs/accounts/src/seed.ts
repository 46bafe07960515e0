import { connect, isUniqueViolation } from '@marquee/database';
import { PrismaClient } from '@marquee/prisma-accounts';
import { argon2Passwords } from './domain/password.ts';
import { addAccount } from './domain/register.ts';
import type { Role } from './domain/user.ts';
import { EmailTakenError } from './errors.ts';
import { usersIn } from './repository/users.ts';

/** The password of every seeded account. */
export const SEED_PASSWORD = 'marquee-demo-1';

/** The seeded accounts, one a role and a second customer. */
export const SEEDED_ACCOUNTS: readonly { id: string; email: string; displayName: string; role: Role }[] = [
  account('customer', 'Casey Customer', 'CUSTOMER'),
  account('customer2', 'Robin Customer', 'CUSTOMER'),
  account('partner', 'Pat Partner', 'PARTNER'),
  account('advertiser', 'Alex Advertiser', 'ADVERTISER'),
  account('agent', 'Sam Agent', 'SUPPORT_AGENT'),
  account('analyst', 'Ana Analyst', 'ANALYST'),
  account('admin', 'Ada Admin', 'ADMIN'),
];

function account(name: string, displayName: string, role: Role) {
  return { id: `usr_seed_${name}`, email: `${name}@marquee.test`, displayName, role };
}

export interface SeedAccountsDeps {
  readonly databaseUrl: string;
  readonly now?: () => Date;
}

/** Makes the seeded accounts that are missing; those that are there stay as they are. */
export async function seedAccounts({ databaseUrl, now = () => new Date() }: SeedAccountsDeps): Promise<void> {
  const client = connect(PrismaClient, { url: databaseUrl, poolSize: 2, applicationName: 'marquee-accounts-seed' });
  const users = usersIn(client);
  const passwords = argon2Passwords();
  try {
    const present = new Set((await users.withIds(SEEDED_ACCOUNTS.map(({ id }) => id))).map(({ id }) => id));
    for (const { role, ...person } of SEEDED_ACCOUNTS) {
      if (present.has(person.id)) continue;
      const roles: Role[] = role === 'CUSTOMER' ? ['CUSTOMER'] : ['CUSTOMER', role];
      const user = { ...person, locale: null, roles, createdAt: now() };
      await addAccount({ users, passwords }, user, SEED_PASSWORD).catch(unlessTaken);
    }
  } finally {
    await client.$disconnect();
  }
}

/** Somebody has registered the address, or another seeding was faster. */
function unlessTaken(error: unknown): void {
  if (!(error instanceof EmailTakenError) && !isUniqueViolation(error, 'users_pkey')) throw error;
}
