import { useQuery } from '@apollo/client/react';

import { useTexts } from '../text/index.ts';
import { Dialog, ProblemNotice, Skeleton } from '../ui/index.ts';
import type { IdentityDocuments } from './documents.ts';
import { IdentityForm } from './identity-form.tsx';
import { accountTexts } from './texts.ts';

export interface IdentityDialogProps {
  readonly documents: IdentityDocuments;
  readonly onAnswer: (isConfirmed: boolean) => void;
}

/** Asks for what the account has: a passkey, a code, or the password. */
export function IdentityDialog({ documents, onAnswer }: IdentityDialogProps) {
  const t = useTexts(accountTexts);
  const { data, error, refetch } = useQuery(documents.methods, { fetchPolicy: 'network-only' });
  return (
    <Dialog title={t('identityTitle')} isOpen onClose={() => onAnswer(false)}>
      {data?.viewer && (
        <IdentityForm
          person={{ ...data.viewer, documents }}
          onConfirmed={() => onAnswer(true)}
          onSignedOut={() => onAnswer(false)}
        />
      )}
      {!data?.viewer && error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton label={t('loading')} />}
    </Dialog>
  );
}
