import { answerSecondFactor, type AnswerSecondFactorDeps } from './domain/answer-second-factor.ts';
import { confirmTotpEnrolment, type ConfirmTotpEnrolmentDeps } from './domain/confirm-totp-enrolment.ts';
import { endSession, type EndSessionDeps } from './domain/end-session.ts';
import { type ChallengeIssued, logIn, type LogInDeps } from './domain/log-in.ts';
import type { Grant } from './domain/open-session.ts';
import { refreshSession, type RefreshSessionDeps } from './domain/refresh-session.ts';
import { register, type RegisterDeps, type Registration } from './domain/register.ts';
import type { Device, Revocation } from './domain/session.ts';
import { startTotpEnrolment, type StartTotpEnrolmentDeps } from './domain/start-totp-enrolment.ts';
import type { TotpEnrolment } from './domain/totp.ts';

/** Everything that the use cases of accounts depend on. */
export type UseCaseDeps = RegisterDeps &
  LogInDeps &
  AnswerSecondFactorDeps &
  RefreshSessionDeps &
  EndSessionDeps &
  StartTotpEnrolmentDeps &
  ConfirmTotpEnrolmentDeps;

/** The use cases of accounts, their dependencies given. */
export interface AccountsUseCases {
  register(input: Registration, device: Device): Promise<Grant>;
  logIn(input: { email: string; password: string }, device: Device): Promise<Grant | ChallengeIssued>;
  answerSecondFactor(input: { challengeId: string; code: string }, device: Device): Promise<Grant>;
  refreshSession(refreshToken: string): Promise<Grant>;
  endSession(session: { sessionId: string; userId: string }, reason: Revocation): Promise<void>;
  startTotpEnrolment(userId: string): Promise<TotpEnrolment>;
  confirmTotpEnrolment(input: { userId: string; code: string }): Promise<string[]>;
}

/** Gives the use cases their dependencies. */
export function useCasesOf(deps: UseCaseDeps): AccountsUseCases {
  return {
    register: (input, device) => register(deps, input, device),
    logIn: (input, device) => logIn(deps, input, device),
    answerSecondFactor: (input, device) => answerSecondFactor(deps, input, device),
    refreshSession: (refreshToken) => refreshSession(deps, refreshToken),
    endSession: (session, reason) => endSession(deps, session, reason),
    startTotpEnrolment: (userId) => startTotpEnrolment(deps, userId),
    confirmTotpEnrolment: (input) => confirmTotpEnrolment(deps, input),
  };
}
