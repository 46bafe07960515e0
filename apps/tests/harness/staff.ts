import { registeredOperations } from '@marquee/stack/client';

import { demoAccount, logInAgain, type Person, register, userIdOf } from './people.ts';
import { clientOf } from './shows.ts';

type Role = 'PARTNER' | 'ADVERTISER' | 'SUPPORT_AGENT' | 'ANALYST' | 'ADMIN';

const SetRoles = registeredOperations('backoffice')<object, { userId: string; roles: readonly Role[] }>('SetRoles');

/** A new account with these roles, which no other test knows. */
export async function employ(name: string, ...roles: readonly Role[]): Promise<Person> {
  const person = await register(name);
  await clientOf(await demoAccount('admin')).request(SetRoles, { userId: userIdOf(person), roles });
  return logInAgain(person);
}
