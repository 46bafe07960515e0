import { useEffect, useState } from 'react';

import { useTexts } from '../text/index.ts';
import { Button, Soft } from '../ui/index.ts';
import styles from './account.module.css';
import { accountTexts } from './texts.ts';

interface DemoAccount {
  readonly email: string;
  readonly role: string;
  readonly password: string;
}

export interface DemoAccountsProps {
  readonly onChoose: (account: Pick<DemoAccount, 'email' | 'password'>) => void;
  readonly isDisabled: boolean;
  readonly isShown?: ((role: string) => boolean) | undefined;
}

/** The accounts of a local stack, one press each. Elsewhere there are none. */
export function DemoAccounts({ onChoose, isDisabled, isShown = () => true }: DemoAccountsProps) {
  const t = useTexts(accountTexts);
  const [accounts, setAccounts] = useState<readonly DemoAccount[]>([]);
  useEffect(() => {
    const leaving = new AbortController();
    void readAccounts(leaving.signal).then(setAccounts);
    return () => leaving.abort();
  }, []);
  const shown = accounts.filter(({ role }) => isShown(role));
  if (shown.length === 0) return null;
  return (
    <section className={styles['demo']} aria-label={t('demo')}>
      <h2>{t('demo')}</h2>
      <Soft isSmall>{t('demoText')}</Soft>
      <ul className={styles['accounts']}>
        {shown.map(({ email, role, password }) => (
          <li key={email}>
            <Button kind="quiet" isDisabled={isDisabled} onPress={() => onChoose({ email, password })}>
              <span className={styles['account']}>
                <span>{email}</span>
                <span className={styles['role']}>{role}</span>
              </span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

async function readAccounts(signal: AbortSignal): Promise<readonly DemoAccount[]> {
  try {
    const response = await fetch('/graphql/explorer/accounts.json', { signal });
    const isList = response.ok && /json/.test(response.headers.get('content-type') ?? '');
    return isList ? ((await response.json()) as readonly DemoAccount[]) : [];
  } catch {
    return [];
  }
}
