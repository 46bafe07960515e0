import { useState } from 'react';

import { useTexts } from '../text/index.ts';
import { Button, TextField } from '../ui/index.ts';
import { Form } from './form.tsx';
import { accountTexts } from './texts.ts';

export interface PasswordFormProps {
  readonly isPending: boolean;
  readonly onPassword: (password: string) => void;
}

/** Asks for the password of the account. */
export function PasswordForm({ isPending, onPassword }: PasswordFormProps) {
  const t = useTexts(accountTexts);
  const [password, setPassword] = useState('');
  const [isChecked, setChecked] = useState(false);
  return (
    <Form
      isFocused
      onSubmit={() => {
        setChecked(true);
        if (password) onPassword(password);
      }}
    >
      <TextField
        label={t('password')}
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        problem={isChecked && !password ? t('needPassword') : undefined}
      />
      <Button type="submit" isPending={isPending}>
        {t('confirm')}
      </Button>
    </Form>
  );
}
