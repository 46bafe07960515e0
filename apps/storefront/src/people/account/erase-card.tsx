import { useMutation } from '@apollo/client/react';
import { Form } from '@marquee/app-kit/account';
import { useSession } from '@marquee/app-kit/api';
import { useTexts } from '@marquee/app-kit/text';
import { Button, Card, Checkbox, Dialog, Notice, showToast, TextField, useAction } from '@marquee/app-kit/ui';
import { useState } from 'react';
import { useNavigate } from 'react-router';

import { DeleteMyAccountDocument } from '../../generated/graphql.ts';
import { useRefused } from './refused.ts';
import { pastTexts } from './past-texts.ts';

/** Deletes the account for good, after two confirmations. */
export function EraseCard() {
  const t = useTexts(pastTexts);
  const [isAsking, setAsking] = useState(false);
  return (
    <Card>
      <h2>{t('erase')}</h2>
      <p>{t('eraseText')}</p>
      <div>
        <Button kind="danger" onPress={() => setAsking(true)}>
          {t('erase')}
        </Button>
      </div>
      <Dialog title={t('erase')} isOpen={isAsking} onClose={() => setAsking(false)}>
        <EraseForm />
      </Dialog>
    </Card>
  );
}

function EraseForm() {
  const t = useTexts(pastTexts);
  const refused = useRefused();
  const session = useSession();
  const navigate = useNavigate();
  const [erase] = useMutation(DeleteMyAccountDocument);
  const { run, isPending, problem } = useAction();
  const [password, setPassword] = useState('');
  const [isSure, setSure] = useState(false);
  const [isChecked, setChecked] = useState(false);
  const send = (): void =>
    void run(async () => {
      const { data } = await erase({ variables: { password } });
      const result = data?.deleteMyAccount;
      if (result?.__typename !== 'DeleteMyAccountPayload') return refused(result);
      await navigate('/');
      await session.end();
      showToast({ id: 'erased', title: t('erased') });
      return undefined;
    });
  return (
    <Form
      onSubmit={() => {
        setChecked(true);
        if (isSure) send();
      }}
    >
      <Notice tone="warning">{t('eraseWarning')}</Notice>
      {problem !== undefined && <Notice tone="bad">{problem}</Notice>}
      <TextField
        label={t('password')}
        hint={t('passwordHint')}
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
      />
      <Checkbox isSelected={isSure} onChange={setSure}>
        {t('sure')}
      </Checkbox>
      {isChecked && !isSure && <Notice tone="bad">{t('needSure')}</Notice>}
      <Button type="submit" kind="danger" isPending={isPending}>
        {t('erase')}
      </Button>
    </Form>
  );
}
