import { SessionError, useSession, useSessionState } from '@marquee/app-kit/api';
import { defineTexts, useTexts } from '@marquee/app-kit/text';
import { Button, Notice, Page, Preferences, Row, TextField } from '@marquee/app-kit/ui';
import { type FormEvent, useState } from 'react';
import { Navigate, useSearchParams } from 'react-router';

import { AnswerSecondFactorDocument, LoginDocument, type LoginMutation } from '../generated/graphql.ts';
import styles from './frame.module.css';

const texts = defineTexts({
  en: {
    title: 'Sign in to the back office',
    email: 'Email',
    password: 'Password',
    code: 'Code of your authenticator app',
    signIn: 'Sign in',
  },
  de: {
    title: 'Im Backoffice anmelden',
    email: 'E-Mail',
    password: 'Passwort',
    code: 'Code Ihrer Authenticator-App',
    signIn: 'Anmelden',
  },
  hi: {
    title: 'बैक ऑफ़िस में साइन इन करें',
    email: 'ईमेल',
    password: 'पासवर्ड',
    code: 'आपके ऑथेंटिकेटर ऐप का कोड',
    signIn: 'साइन इन करें',
  },
});

type Answer = NonNullable<LoginMutation['login']>;

/** The page that was asked for, when it is one of ours. */
const ownPath = (next: string | null): string => (next?.startsWith('/') && !next.startsWith('//') ? next : '/');

export function Component() {
  const t = useTexts(texts);
  const [search] = useSearchParams();
  const [challengeId, setChallengeId] = useState<string>();
  const { send, problem, isPending } = useSignIn(setChallengeId);
  if (useSessionState() === 'signed-in') return <Navigate to={ownPath(search.get('next'))} replace />;
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void send(new FormData(event.currentTarget), challengeId);
  };
  return (
    <div className={styles['sign']}>
      <Page title={t('title')} isNarrow>
        <form onSubmit={submit} className={styles['links']}>
          {challengeId === undefined ? (
            <>
              <TextField label={t('email')} name="email" type="email" autoComplete="username" isRequired />
              <TextField
                label={t('password')}
                name="password"
                type="password"
                autoComplete="current-password"
                isRequired
              />
            </>
          ) : (
            <TextField label={t('code')} name="code" autoComplete="one-time-code" inputMode="numeric" isRequired />
          )}
          {problem !== undefined && <Notice tone="bad">{problem}</Notice>}
          <Button type="submit" isPending={isPending}>
            {t('signIn')}
          </Button>
        </form>
      </Page>
      <Row>
        <Preferences />
      </Row>
    </div>
  );
}

function useSignIn(onChallenge: (id: string) => void) {
  const session = useSession();
  const [problem, setProblem] = useState<string>();
  const [isPending, setPending] = useState(false);
  const send = async (form: FormData, challengeId: string | undefined): Promise<void> => {
    const text = (name: string): string => String(form.get(name) ?? '');
    setPending(true);
    setProblem(undefined);
    try {
      const payload = await (challengeId === undefined
        ? session.signIn<Answer>(LoginDocument, {
            input: { email: text('email'), password: text('password') },
          })
        : session.signIn<Answer>(AnswerSecondFactorDocument, {
            input: { challengeId, code: text('code') },
          }));
      if ('challengeId' in payload) onChallenge(payload.challengeId);
      else if ('message' in payload) setProblem(payload.message);
    } catch (error) {
      setProblem(error instanceof SessionError ? error.message : new SessionError(undefined).message);
    } finally {
      setPending(false);
    }
  };
  return { send, problem, isPending };
}
