import type { IdentityDocuments, SignInDocuments } from '@marquee/app-kit/account';

import {
  AnswerSecondFactorDocument,
  ConfirmIdentityDocument,
  FinishPasskeyLoginDocument,
  IdentityMethodsDocument,
  LoginDocument,
  StartPasskeyLoginDocument,
} from '../generated/graphql.ts';

export const signInDocuments: SignInDocuments = {
  login: LoginDocument,
  answerSecondFactor: AnswerSecondFactorDocument,
  startPasskeyLogin: StartPasskeyLoginDocument,
  finishPasskeyLogin: FinishPasskeyLoginDocument,
};

export const identityDocuments: IdentityDocuments = {
  methods: IdentityMethodsDocument,
  startPasskeyLogin: StartPasskeyLoginDocument,
  confirmIdentity: ConfirmIdentityDocument,
};
