import type { IdentityDocuments } from '@marquee/app-kit/account';

import { ConfirmIdentityDocument, IdentityMethodsDocument, StartPasskeyLoginDocument } from '../generated/graphql.ts';

export const identityDocuments: IdentityDocuments = {
  methods: IdentityMethodsDocument,
  startPasskeyLogin: StartPasskeyLoginDocument,
  confirmIdentity: ConfirmIdentityDocument,
};
