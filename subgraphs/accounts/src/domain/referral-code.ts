import { badInput } from '@marquee/errors';

const CODE = /^[A-Z0-9]{4,20}$/;

/**
 * The code of an invitation, in upper case; null without one. Promotions knows whose it is.
 *
 * @throws {CodedError} BAD_USER_INPUT when it cannot be one
 */
export function parseReferralCode(text: string | null | undefined, field: string): string | null {
  const code = text?.trim().toUpperCase() ?? '';
  if (code === '') return null;
  if (!CODE.test(code)) throw badInput(field, 'Check the code of your invitation, or leave it out.');
  return code;
}
