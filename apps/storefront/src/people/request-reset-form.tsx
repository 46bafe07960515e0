import { useMutation } from '@apollo/client/react';
import { Form } from '@marquee/app-kit/account';
import { useTexts } from '@marquee/app-kit/text';
import { Button, Notice, ProblemNotice, TextField } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { RequestPasswordResetDocument } from '../generated/graphql.ts';
import { mailTexts } from './mail-texts.ts';

/** Asks for the mail that resets a password. The answer is the same whether or not there is an account. */
export function RequestResetForm() {
  const t = useTexts(mailTexts);
  const [email, setEmail] = useState('');
  const [isChecked, setChecked] = useState(false);
  const [request, { data, error, loading }] = useMutation(RequestPasswordResetDocument);
  if (data?.requestPasswordReset?.accepted) return <Notice tone="good">{t('resetSent', { email })}</Notice>;
  return (
    <Form
      onSubmit={() => {
        setChecked(true);
        if (email.trim()) void request({ variables: { email: email.trim() } }).catch(() => undefined);
      }}
    >
      <p>{t('resetText')}</p>
      {error && <ProblemNotice error={error} />}
      <TextField
        label={t('email')}
        type="email"
        autoComplete="username"
        value={email}
        onChange={setEmail}
        problem={isChecked && !email.trim() ? t('needEmail') : undefined}
      />
      <Button type="submit" isPending={loading}>
        {t('sendReset')}
      </Button>
    </Form>
  );
}
