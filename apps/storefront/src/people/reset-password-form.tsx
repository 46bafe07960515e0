import { Form } from '@marquee/app-kit/account';
import { useSession } from '@marquee/app-kit/api';
import { useTexts } from '@marquee/app-kit/text';
import { Button, ButtonLink, Notice, useAction } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { ResetPasswordDocument, type ResetPasswordMutation } from '../generated/graphql.ts';
import { mailTexts } from './mail-texts.ts';
import { isAcceptable, NewPasswordField } from './new-password-field.tsx';
import { passwordTexts } from './password-texts.ts';

export function ResetPasswordForm({ token }: { readonly token: string }) {
  const t = useTexts(mailTexts);
  const passwords = useTexts(passwordTexts);
  const session = useSession();
  const { run, isPending, problem } = useAction();
  const [newPassword, setPassword] = useState('');
  const [isChecked, setChecked] = useState(false);
  const [isDone, setDone] = useState(false);
  const reset = async (): Promise<void> => {
    const isReset = await run(async () => {
      const result = await session.signIn<NonNullable<ResetPasswordMutation['resetPassword']>>(ResetPasswordDocument, {
        input: { token, newPassword },
      });
      switch (result.__typename) {
        case 'AuthPayload':
        case 'SignInRequiredError':
          return undefined;
        case 'WeakPasswordError':
          return passwords('WeakPasswordError');
        case 'MailTokenExpiredError':
          return t('MailTokenExpiredError');
        default:
          return result.message;
      }
    });
    setDone(isReset);
  };
  if (isDone)
    return (
      <>
        <Notice tone="good">{t('resetDone')}</Notice>
        <ButtonLink href="/sign-in">{t('goOn')}</ButtonLink>
      </>
    );
  return (
    <Form
      onSubmit={() => {
        setChecked(true);
        if (isAcceptable(newPassword, [])) void reset();
      }}
    >
      {problem !== undefined && <Notice tone="bad">{problem}</Notice>}
      <NewPasswordField
        label={t('newPassword')}
        value={newPassword}
        onChange={setPassword}
        own={[]}
        problem={isChecked && !isAcceptable(newPassword, []) ? passwords('weak') : undefined}
      />
      <Button type="submit" isPending={isPending}>
        {t('saveNewPassword')}
      </Button>
    </Form>
  );
}
