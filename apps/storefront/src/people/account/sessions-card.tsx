import { useMutation, useQuery } from '@apollo/client/react';
import { useSession } from '@marquee/app-kit/api';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import {
  Badge,
  Button,
  Card,
  Dialog,
  Notice,
  ProblemNotice,
  Row,
  Skeleton,
  Soft,
  useAction,
} from '@marquee/app-kit/ui';
import { useState } from 'react';

import { LogoutEverywhereDocument, RevokeSessionDocument, ViewerDocument } from '../../generated/graphql.ts';
import styles from './account.module.css';
import { deviceOf } from './device.ts';
import { securityTexts } from './security-texts.ts';

export function SessionsCard() {
  const t = useTexts(securityTexts);
  const formats = useFormats();
  const session = useSession();
  const { data, error, refetch } = useQuery(ViewerDocument);
  const [revoke] = useMutation(RevokeSessionDocument, { refetchQueries: [ViewerDocument] });
  const [revokeAll] = useMutation(LogoutEverywhereDocument);
  const { run, isPending, problem } = useAction();
  const [isAsking, setAsking] = useState(false);
  const sessions = data?.viewer?.sessions;
  const nameOf = (userAgent: string | null): string => {
    const { browser, system } = deviceOf(userAgent);
    return browser && system ? t('device', { browser, system }) : (userAgent ?? t('unknownDevice'));
  };
  const end = (sessionId: string): void =>
    void run(async () => {
      await revoke({ variables: { sessionId } });
      return undefined;
    });
  const endAll = (): void =>
    void run(async () => {
      await revokeAll();
      await session.end();
      return undefined;
    });
  return (
    <Card>
      <h2>{t('sessions')}</h2>
      {problem !== undefined && !isAsking && <Notice tone="bad">{problem}</Notice>}
      {!sessions && error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!sessions && !error && <Skeleton label={t('loading')} />}
      <ul className={styles['list']}>
        {(sessions ?? []).map(({ id, userAgent, createdAt, lastSeenAt, current }) => (
          <li key={id} className={styles['entry']}>
            <span className={styles['facts']}>
              <Row>
                <strong>{nameOf(userAgent)}</strong>
                {current && <Badge tone="good">{t('thisDevice')}</Badge>}
              </Row>
              <Soft isSmall>{t('seen', { ago: formats.ago(lastSeenAt), date: formats.time(createdAt, 'exact') })}</Soft>
            </span>
            {!current && (
              <Button
                kind="quiet"
                isDisabled={isPending}
                aria-label={t('endNamed', { name: nameOf(userAgent) })}
                onPress={() => end(id)}
              >
                {t('end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <div>
        <Button kind="danger" onPress={() => setAsking(true)}>
          {t('endAll')}
        </Button>
      </div>
      <Dialog title={t('endAll')} isOpen={isAsking} onClose={() => setAsking(false)}>
        <p>{t('endAllText')}</p>
        {problem !== undefined && <Notice tone="bad">{problem}</Notice>}
        <Button kind="danger" isPending={isPending} onPress={endAll}>
          {t('endAll')}
        </Button>
      </Dialog>
    </Card>
  );
}
