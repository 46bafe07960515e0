import { useEffect, useState } from 'react';

import { useFormats, useTexts } from '../text/index.ts';
import { Button, Soft } from '../ui/index.ts';
import styles from './account.module.css';
import { isRoleName, roleTexts } from './role-texts.ts';
import { accountTexts } from './texts.ts';

interface DemoAccount {
  readonly email: string;
  /** In the words of the graph, those in the organisation last. */
  readonly roles: readonly string[];
  readonly organisation: string | null;
  readonly password: string;
}

export interface DemoAccountsProps {
  readonly onChoose: (account: Pick<DemoAccount, 'email' | 'password'>) => void;
  readonly isDisabled: boolean;
  readonly isShown?: ((roles: readonly string[]) => boolean) | undefined;
}

/** The accounts of a local stack, one press each. Elsewhere there are none. */
export function DemoAccounts({ onChoose, isDisabled, isShown = () => true }: DemoAccountsProps) {
  const t = useTexts(accountTexts);
  const nameOf = useTexts(roleTexts);
  const { list } = useFormats();
  const [accounts, setAccounts] = useState<readonly DemoAccount[]>([]);
  useEffect(() => {
    const leaving = new AbortController();
    void readAccounts(leaving.signal).then(setAccounts);
    return () => leaving.abort();
  }, []);
  const shown = accounts.filter(({ roles }) => isShown(roles));
  if (shown.length === 0) return null;
  return (
    <section className={styles['demo']} aria-label={t('demo')}>
      <h2>{t('demo')}</h2>
      <Soft isSmall>{t('demoText')}</Soft>
      <ul className={styles['accounts']}>
        {shown.map(({ email, roles, organisation, password }) => (
          <li key={email}>
            <Button kind="quiet" isDisabled={isDisabled} onPress={() => onChoose({ email, password })}>
              <span className={styles['account']}>
                <span>{email}</span>
                <span className={styles['role']}>
                  {list(roles.filter(isRoleName).map((role) => nameOf(role)))}
                  {organisation !== null && ` · ${organisation}`}
                </span>
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
