import { Form } from '@marquee/app-kit/account';
import { useSession } from '@marquee/app-kit/api';
import { useLocale, useTexts } from '@marquee/app-kit/text';
import { Button, Notice, TextField, useAction } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { RegisterDocument, type RegisterMutation } from '../generated/graphql.ts';
import { isAcceptable, NewPasswordField } from './new-password-field.tsx';
import { passwordTexts } from './password-texts.ts';
import { forgetReferral, keptReferral } from './referral.ts';
import { registerTexts } from './register-texts.ts';

const MAX_NAME = 80;
const EMAIL = /^\S+@\S+\.\S+$/;

export function RegisterForm({ onRegistered }: { readonly onRegistered: (email: string) => void }) {
  const t = useTexts(registerTexts);
  const passwords = useTexts(passwordTexts);
  const session = useSession();
  const { locale } = useLocale();
  const { run, isPending, problem } = useAction();
  const [displayName, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [isChecked, setChecked] = useState(false);
  const [weakPassword, setWeak] = useState<string>();
  const own = [displayName, email];
  const isNameGood = displayName.trim() !== '' && [...displayName].length <= MAX_NAME;
  const isEmailGood = EMAIL.test(email.trim());
  const isGood = isNameGood && isEmailGood && isAcceptable(password, own) && password !== weakPassword;

  const register = (): void =>
    void run(async () => {
      const referralCode = keptReferral();
      const input = {
        email: email.trim(),
        password,
        displayName: displayName.trim(),
        locale: locale.tag,
        referralCode,
      };
      const result = await session.signIn<NonNullable<RegisterMutation['register']>>(RegisterDocument, { input });
      if (result.__typename === 'AuthPayload') {
        forgetReferral();
        onRegistered(input.email);
        return undefined;
      }
      if (result.__typename === 'WeakPasswordError') {
        setWeak(password);
        return passwords('WeakPasswordError');
      }
      return t('EmailTakenError');
    });

  return (
    <Form
      onSubmit={() => {
        setChecked(true);
        if (isGood) register();
      }}
    >
      {keptReferral() !== null && <Notice tone="good">{t('invited')}</Notice>}
      {problem !== undefined && <Notice tone="bad">{problem}</Notice>}
      <TextField
        label={t('name')}
        hint={t('nameHint')}
        autoComplete="name"
        value={displayName}
        onChange={setName}
        problem={isChecked && !isNameGood ? t('needName') : undefined}
      />
      <TextField
        label={t('email')}
        type="email"
        autoComplete="email"
        value={email}
        onChange={setEmail}
        problem={isChecked && !isEmailGood ? t('needEmail') : undefined}
      />
      <NewPasswordField
        label={t('password')}
        value={password}
        onChange={setPassword}
        own={own}
        problem={
          isChecked && (!isAcceptable(password, own) || password === weakPassword) ? passwords('weak') : undefined
        }
      />
      <Button type="submit" isPending={isPending}>
        {t('register')}
      </Button>
    </Form>
  );
}
