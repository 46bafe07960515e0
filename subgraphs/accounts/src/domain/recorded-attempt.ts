import { isCoded } from '@marquee/errors';
import type { RecordSecurityEvent, SecurityEventFields } from '@marquee/telemetry';

import { IncorrectPasswordError, InvalidCredentialsError, InvalidSecondFactorError } from '../errors.ts';

/** Makes an attempt to sign in; a wrong guess, and one that was slowed down, is a security event. */
export async function recordedAttempt<T>(
  securityEvent: RecordSecurityEvent,
  who: SecurityEventFields,
  attempt: () => Promise<T>,
): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (error instanceof InvalidCredentialsError || error instanceof IncorrectPasswordError)
      securityEvent('sign-in-failed', who);
    if (error instanceof InvalidSecondFactorError) securityEvent('second-factor-failed', who);
    if (isCoded(error) && error.extensions.code === 'RATE_LIMITED') securityEvent('sign-in-slowed', who);
    throw error;
  }
}
