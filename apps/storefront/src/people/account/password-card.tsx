import { useMutation } from '@apollo/client/react';
import { Form } from '@marquee/app-kit/account';
import { useTexts } from '@marquee/app-kit/text';
import { Button, Card, Notice, TextField, useAction } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { ChangePasswordDocument, ViewerDocument } from '../../generated/graphql.ts';
import { isAcceptable, NewPasswordField } from '../new-password-field.tsx';
import { passwordTexts } from '../password-texts.ts';
import { useRefused } from './refused.ts';
import { securityTexts } from './security-texts.ts';

export function PasswordCard({ email }: { readonly email: string }) {
  const t = useTexts(securityTexts);
  const passwords = useTexts(passwordTexts);
  const refused = useRefused();
  const [change] = useMutation(ChangePasswordDocument, { refetchQueries: [ViewerDocument] });
  const { run, isPending, problem } = useAction();
  const [isOpen, setOpen] = useState(false);
  const [ended, setEnded] = useState<number>();
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const [isChecked, setChecked] = useState(false);
  const isGood = isAcceptable(newPassword, [email]);
  const save = (): void =>
    void run(async () => {
      const { data } = await change({ variables: { input: { currentPassword, newPassword } } });
      const result = data?.changePassword;
      if (result?.__typename === 'ChangePasswordPayload') {
        setEnded(result.revokedSessionIds.length);
        setOpen(false);
        setCurrent('');
        setNew('');
        setChecked(false);
      }
      return refused(result);
    });
  return (
    <Card>
      <h2>{t('password')}</h2>
      {ended !== undefined && <Notice tone="good">{t('passwordChanged', { count: ended })}</Notice>}
      {isOpen ? (
        <Form
          isFocused
          onSubmit={() => {
            setChecked(true);
            if (currentPassword && isGood) save();
          }}
        >
          {problem !== undefined && <Notice tone="bad">{problem}</Notice>}
          <TextField
            label={t('currentPassword')}
            type="password"
            autoComplete="current-password"
            value={currentPassword}
            onChange={setCurrent}
            problem={isChecked && !currentPassword ? t('needPassword') : undefined}
          />
          <NewPasswordField
            label={t('newPassword')}
            value={newPassword}
            onChange={setNew}
            own={[email]}
            problem={isChecked && !isGood ? passwords('weak') : undefined}
          />
          <Button type="submit" isPending={isPending}>
            {t('changePassword')}
          </Button>
        </Form>
      ) : (
        <div>
          <Button kind="quiet" onPress={() => setOpen(true)}>
            {t('changePassword')}
          </Button>
        </div>
      )}
    </Card>
  );
}
