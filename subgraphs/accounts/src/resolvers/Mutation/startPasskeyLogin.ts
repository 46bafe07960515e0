import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/start-passkey-login.ts';

export const startPasskeyLogin: MutationResolvers['startPasskeyLogin'] = (_parent, _args, { deps, device }) =>
  useCase.startPasskeyLogin(deps, device);
