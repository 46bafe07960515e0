import { notFound } from '@marquee/errors';

import type { Users } from '../domain/ports.ts';
import type { FindCity, HomeCity } from '../domain/profile.ts';
import { profileFields } from '../domain/profile-fields.ts';
import type { User } from '../domain/user.ts';
import { UnknownCityError } from '../errors.ts';

export interface UpdateProfileDeps {
  readonly users: Pick<Users, 'updateProfile'>;
  readonly findCity: FindCity;
}

/** The changes: undefined changes nothing, null removes. */
export interface UpdateProfileInput {
  readonly userId: string;
  readonly displayName?: string | null | undefined;
  readonly locale?: string | null | undefined;
  readonly homeCityId?: string | null | undefined;
  readonly timeZone?: string | null | undefined;
}

/**
 * Changes what a person says of themselves.
 *
 * @throws {UnknownCityError}
 * @throws {CodedError} BAD_USER_INPUT naming the field, NOT_FOUND when the account no longer exists
 */
export async function updateProfile(deps: UpdateProfileDeps, input: UpdateProfileInput): Promise<User> {
  const { userId, displayName, locale, timeZone, homeCityId } = input;
  const changes = {
    ...(displayName !== null && displayName !== undefined && { displayName: profileFields.displayName(displayName) }),
    ...(locale !== undefined && { locale: profileFields.locale(locale) }),
    ...(timeZone !== undefined && { timeZone: profileFields.timeZone(timeZone) }),
    ...(homeCityId !== undefined && { homeCity: await homeCityOf(deps, homeCityId) }),
  };
  const user = await deps.users.updateProfile(userId, changes);
  if (user === null) throw notFound('user');
  return user;
}

async function homeCityOf({ findCity }: UpdateProfileDeps, id: string | null): Promise<HomeCity | null> {
  const city = id === null ? null : await findCity(id);
  if (id !== null && city === null) throw new UnknownCityError();
  return city;
}
