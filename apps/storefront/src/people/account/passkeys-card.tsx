import { useMutation } from '@apollo/client/react';
import { knowsPasskeys } from '@marquee/app-kit/account';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Button, Card, Notice, Soft, useAction } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { MySecurityDocument, type MySecurityQuery, RemovePasskeyDocument } from '../../generated/graphql.ts';
import styles from './account.module.css';
import { isOnlyWay } from './only-way.ts';
import { PasskeyForm } from './passkey-form.tsx';
import { securityTexts } from './security-texts.ts';

type Passkey = NonNullable<NonNullable<MySecurityQuery['viewer']>['passkeys']>[number];

export function PasskeysCard({ passkeys }: { readonly passkeys: readonly Passkey[] }) {
  const t = useTexts(securityTexts);
  const formats = useFormats();
  const [remove] = useMutation(RemovePasskeyDocument, { refetchQueries: [MySecurityDocument] });
  const { run, isPending, problem } = useAction();
  const [isAdding, setAdding] = useState(false);
  const removeOne = (id: string): void =>
    void run(async () => {
      try {
        await remove({ variables: { id } });
      } catch (error) {
        if (!isOnlyWay(error)) throw error;
        return t('onlyWay');
      }
      return undefined;
    });
  return (
    <Card>
      <h2>{t('passkeys')}</h2>
      <p>{t('passkeysText')}</p>
      {problem !== undefined && <Notice tone="bad">{problem}</Notice>}
      {passkeys.length === 0 && <Soft>{t('noPasskeys')}</Soft>}
      <ul className={styles['list']}>
        {passkeys.map(({ id, name, createdAt, lastUsedAt }) => (
          <li key={id} className={styles['entry']}>
            <span className={styles['facts']}>
              <strong>{name}</strong>
              <Soft isSmall>
                {t('addedOn', { date: formats.time(createdAt, 'date') })},{' '}
                {lastUsedAt ? t('usedLast', { ago: formats.ago(lastUsedAt) }) : t('usedNever')}
              </Soft>
            </span>
            <Button
              kind="danger"
              isDisabled={isPending}
              aria-label={t('removeNamed', { name })}
              onPress={() => removeOne(id)}
            >
              {t('remove')}
            </Button>
          </li>
        ))}
      </ul>
      {!knowsPasskeys() && <Notice tone="warning">{t('passkeyUnknown')}</Notice>}
      {isAdding ? (
        <PasskeyForm onAdded={() => setAdding(false)} />
      ) : (
        <div>
          <Button kind="quiet" isDisabled={!knowsPasskeys()} onPress={() => setAdding(true)}>
            {t('addPasskey')}
          </Button>
        </div>
      )}
    </Card>
  );
}
