import type { SecondFactorCodes } from '../domain/ports.ts';
import { normalizeRecoveryCode } from '../domain/recovery-code.ts';
import type { SecretBox } from '@marquee/database';
import type { HashToken } from '../domain/token.ts';
import { matchingStep, type Totp } from '../domain/totp.ts';

export interface UseCodeDeps {
  readonly secondFactors: SecondFactorCodes;
  readonly secretBox: SecretBox;
  readonly totp: Totp;
  readonly hashToken: HashToken;
  readonly now: () => Date;
}

/** Uses up a code of the user's app, or a recovery code. @returns false when it is incorrect or has been used */
export async function useCode(deps: UseCodeDeps, userId: string, code: string): Promise<boolean> {
  const { secondFactors, hashToken, now } = deps;
  const device = await secondFactors.deviceOf(userId);
  if (!device?.confirmed) return false;
  const step = matchingStep(deps, { userId, sealedSecret: device.sealedSecret, code, at: now() });
  if (step !== null) return secondFactors.acceptStep(userId, step);
  return secondFactors.useRecoveryCode(userId, hashToken(normalizeRecoveryCode(code)), now());
}
