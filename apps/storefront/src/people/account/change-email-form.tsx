import { useMutation } from '@apollo/client/react';
import { Form } from '@marquee/app-kit/account';
import { useTexts } from '@marquee/app-kit/text';
import { Button, Notice, TextField, useAction } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { ChangeEmailDocument } from '../../generated/graphql.ts';
import { useRefused } from './refused.ts';
import { profileTexts } from './texts.ts';

const EMAIL = /^\S+@\S+\.\S+$/;

export function ChangeEmailForm({ onChanged }: { readonly onChanged: (pendingEmail: string) => void }) {
  const t = useTexts(profileTexts);
  const refused = useRefused();
  const [change] = useMutation(ChangeEmailDocument);
  const { run, isPending, problem } = useAction();
  const [newEmail, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [isChecked, setChecked] = useState(false);
  const isEmailGood = EMAIL.test(newEmail.trim());
  const send = (): void =>
    void run(async () => {
      const { data } = await change({ variables: { input: { newEmail: newEmail.trim(), password } } });
      const result = data?.changeEmail;
      if (result?.__typename === 'ChangeEmailPayload') onChanged(result.pendingEmail);
      return refused(result);
    });
  return (
    <Form
      isFocused
      onSubmit={() => {
        setChecked(true);
        if (isEmailGood && password) send();
      }}
    >
      {problem !== undefined && <Notice tone="bad">{problem}</Notice>}
      <TextField
        label={t('newEmail')}
        type="email"
        autoComplete="email"
        value={newEmail}
        onChange={setEmail}
        problem={isChecked && !isEmailGood ? t('needEmail') : undefined}
      />
      <TextField
        label={t('password')}
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        problem={isChecked && !password ? t('needPassword') : undefined}
      />
      <Button type="submit" isPending={isPending}>
        {t('changeEmail')}
      </Button>
    </Form>
  );
}
