import type { TypedDocumentNode } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';

import { problemOf, useSession } from '../api/index.ts';
import { useTexts } from '../text/index.ts';
import { Button, Notice, useProblemText } from '../ui/index.ts';
import { CodeForm } from './code-form.tsx';
import type { IdentityDocuments } from './documents.ts';
import { waysToConfirm } from './identity-ways.ts';
import { usePasskeyProof } from './passkey.ts';
import { PasswordForm } from './password-form.tsx';
import { accountTexts, refusalKey } from './texts.ts';

/** Who confirms, and how they can. */
export interface Identified {
  readonly email: string | null;
  readonly secondFactors: readonly string[] | null;
  readonly passkeys: readonly { readonly id: string }[] | null;
  readonly documents: IdentityDocuments;
}

interface Confirmed {
  readonly confirmIdentity?: {
    readonly __typename?: string;
    readonly accessToken?: string;
    readonly expiresIn?: number;
    readonly message?: string;
  } | null;
}

export function IdentityForm({
  person,
  onConfirmed,
  onSignedOut,
}: {
  readonly person: Identified;
  readonly onConfirmed: () => void;
  /** Who signs in through a provider alone has signed out to sign in again. */
  readonly onSignedOut: () => void;
}) {
  const t = useTexts(accountTexts);
  const session = useSession();
  const client = useApolloClient();
  const textOf = useProblemText();
  const askPasskey = usePasskeyProof(person.documents);
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [isPasswordRefused, setPasswordRefused] = useState(false);

  const send = async (input: object): Promise<void> => {
    const { data, error } = await client.mutate({
      mutation: person.documents.confirmIdentity as TypedDocumentNode<Confirmed, { readonly input: object }>,
      variables: { input: { password: null, code: null, passkey: null, ...input } },
    });
    const answer = data?.confirmIdentity;
    if (!answer) throw error ?? new Error();
    const { accessToken, expiresIn } = answer;
    if (accessToken === undefined || expiresIn === undefined) {
      const key = refusalKey(answer.__typename);
      return setProblem(key ? t(key) : answer.message);
    }
    session.replaceToken({ accessToken, expiresIn });
    onConfirmed();
  };
  const run = (work: () => Promise<void>): void => {
    setPending(true);
    setProblem(undefined);
    const fail = (error: unknown): void => {
      if (problemOf(error).code === 'FORBIDDEN') setPasswordRefused(true);
      else setProblem(textOf(error));
    };
    void work()
      .catch(fail)
      .finally(() => setPending(false));
  };
  const withPasskey = (): void =>
    run(async () => {
      const passkey = await askPasskey();
      if (passkey) await send({ passkey });
      else setProblem(t('declined'));
    });

  const { hasCode, hasPassword, hasPasskey } = waysToConfirm(person, isPasswordRefused);
  if (!hasCode && !hasPassword && !hasPasskey)
    return (
      <>
        <Notice tone="warning">{t('identityNone')}</Notice>
        <Button onPress={() => void session.end().then(onSignedOut)}>{t('identityAgain')}</Button>
      </>
    );
  return (
    <>
      <p>{t('identityText', { email: person.email ?? '' })}</p>
      {hasCode && (
        <CodeForm
          action={t('confirm')}
          isPending={isPending}
          problem={problem}
          onCode={(code) => run(() => send({ code }))}
        />
      )}
      {!hasCode && problem !== undefined && <Notice tone="bad">{problem}</Notice>}
      {hasPassword && <PasswordForm isPending={isPending} onPassword={(password) => run(() => send({ password }))} />}
      {hasPasskey && (
        <Button kind={hasCode || hasPassword ? 'quiet' : 'main'} isDisabled={isPending} onPress={withPasskey}>
          {t('passkey')}
        </Button>
      )}
    </>
  );
}
