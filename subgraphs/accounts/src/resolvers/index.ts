import type { Resolvers } from '../generated/resolvers.ts';
import { answerSecondFactor } from './Mutation/answerSecondFactor.ts';
import { confirmTotpEnrolment } from './Mutation/confirmTotpEnrolment.ts';
import { login } from './Mutation/login.ts';
import { logout } from './Mutation/logout.ts';
import { refreshSession } from './Mutation/refreshSession.ts';
import { register } from './Mutation/register.ts';
import { revokeSession } from './Mutation/revokeSession.ts';
import { startTotpEnrolment } from './Mutation/startTotpEnrolment.ts';
import { viewer } from './Query/viewer.ts';
import { Session } from './Session.ts';
import { User } from './User.ts';

export const resolvers: Resolvers = {
  Query: { viewer },
  Mutation: {
    register,
    login,
    answerSecondFactor,
    refreshSession,
    logout,
    revokeSession,
    startTotpEnrolment,
    confirmTotpEnrolment,
  },
  User,
  Session,
};
