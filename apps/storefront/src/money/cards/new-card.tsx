import { useSend } from '@marquee/app-kit/api';
import { useTexts } from '@marquee/app-kit/text';
import { Button, Checkbox, Notice, ProblemNotice, Soft } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { SavePaymentMethodDocument } from '../../generated/graphql.ts';
import { TestCardField, type TestCardToken, usePaymentRefusal } from '../../paying/index.ts';
import styles from '../money.module.css';
import { cardTexts } from './texts.ts';

/** Saves a card, which needs a fresh sign-in. */
export function NewCard({ onSaved }: { readonly onSaved: () => void }) {
  const t = useTexts(cardTexts);
  const refusalText = usePaymentRefusal();
  const [token, setToken] = useState<TestCardToken>('tok_visa');
  const [makeDefault, setMakeDefault] = useState(true);
  const [isSaved, setSaved] = useState(false);
  const { send, isPending, refusal, problem } = useSend(SavePaymentMethodDocument);
  const save = async (): Promise<void> => {
    setSaved(false);
    if (!(await send({ input: { cardToken: token, makeDefault } }))) return;
    setSaved(true);
    onSaved();
  };
  return (
    <section className={styles['panel']} aria-labelledby="new-card">
      <h2 id="new-card">{t('newCard')}</h2>
      <TestCardField token={token} onChange={setToken} />
      <Checkbox isSelected={makeDefault} onChange={setMakeDefault}>
        {t('asDefault')}
      </Checkbox>
      {isSaved && <Notice tone="good">{t('saved')}</Notice>}
      {refusal && <Notice tone="bad">{refusalText(refusal)}</Notice>}
      {problem !== undefined && <ProblemNotice error={problem} />}
      <Button isPending={isPending} onPress={() => void save()}>
        {t('save')}
      </Button>
      <Soft isSmall>{t('fresh')}</Soft>
    </section>
  );
}
