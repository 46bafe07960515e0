import { type ReactNode, useState } from 'react';

import { useTexts } from '../text/index.ts';
import { Button, Notice, Stack, TextField } from '../ui/index.ts';
import styles from './account.module.css';
import { CodeForm } from './code-form.tsx';
import { DemoAccounts } from './demo-accounts.tsx';
import type { SignInDocuments } from './documents.ts';
import { Form } from './form.tsx';
import { knowsPasskeys, type PasskeyProof, usePasskeyProof } from './passkey.ts';
import { usePasskeyAutofill } from './passkey-autofill.ts';
import { accountTexts } from './texts.ts';
import { useSignIn } from './use-sign-in.ts';

export interface SignInFormProps {
  readonly documents: SignInDocuments;
  readonly onSignedIn: () => void;
  /** Below the password, such as a link for those who forgot it. */
  readonly belowPassword?: ReactNode;
  /** Other ways to sign in. */
  readonly otherWays?: ReactNode;
  /** The second step of a sign-in that another way began. */
  readonly challengeId?: string | undefined;
  /** Which demo accounts are offered, by their roles; all by default. */
  readonly isDemoAccount?: (roles: readonly string[]) => boolean;
}

/** Signs in with a password and a second factor, or a passkey; on a local stack with one press. */
export function SignInForm({ documents, onSignedIn, isDemoAccount, ...props }: SignInFormProps) {
  const t = useTexts(accountTexts);
  const signIn = useSignIn(onSignedIn, props.challengeId);
  const askPasskey = usePasskeyProof(documents);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [isChecked, setChecked] = useState(false);
  const { isPending, problem, challengeId } = signIn;

  const hasTyped = email !== '' || password !== '';
  const prove = (input: PasskeyProof): Promise<void> => signIn.send(documents.finishPasskeyLogin, { input });
  const endAutofill = usePasskeyAutofill(
    documents,
    !hasTyped && !isPending && challengeId === undefined,
    (proof) => void prove(proof),
  );

  const logIn = (input: { readonly email: string; readonly password: string }): void =>
    void signIn.send(documents.login, { input });
  const withPasskey = (): Promise<void> => {
    endAutofill();
    return signIn.run(async () => {
      const input = await askPasskey();
      if (!input) return signIn.setProblem(t('declined'));
      await prove(input);
    });
  };

  if (challengeId !== undefined)
    return (
      <CodeForm
        isPending={isPending}
        problem={problem}
        action={t('signIn')}
        onCode={(code) => void signIn.send(documents.answerSecondFactor, { input: { challengeId, code } })}
        onBack={signIn.restart}
      />
    );
  return (
    <div className={styles['ways']}>
      <Form
        onSubmit={() => {
          setChecked(true);
          if (email && password) logIn({ email, password });
        }}
      >
        {problem !== undefined && <Notice tone="bad">{problem}</Notice>}
        <TextField
          label={t('email')}
          type="email"
          name="email"
          autoComplete="username webauthn"
          value={email}
          onChange={setEmail}
          problem={isChecked && !email ? t('needEmail') : undefined}
        />
        <TextField
          label={t('password')}
          type="password"
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
          problem={isChecked && !password ? t('needPassword') : undefined}
        />
        {props.belowPassword}
        <Button type="submit" isPending={isPending}>
          {t('signIn')}
        </Button>
      </Form>
      <div className={styles['or']}>{t('or')}</div>
      <Stack>
        {knowsPasskeys() && (
          <Button kind="quiet" isDisabled={isPending} onPress={() => void withPasskey()}>
            {t('passkey')}
          </Button>
        )}
        {props.otherWays}
      </Stack>
      <DemoAccounts isShown={isDemoAccount} isDisabled={isPending} onChoose={logIn} />
    </div>
  );
}
