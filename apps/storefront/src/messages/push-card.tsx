import { useMutation, useQuery } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Badge, Button, Card, Notice, ProblemNotice, Row, Skeleton, Soft, useAction } from '@marquee/app-kit/ui';

import {
  MyPushEndpointsDocument,
  RegisterPushEndpointDocument,
  UnregisterPushEndpointDocument,
} from '../generated/graphql.ts';
import { keepEndpoint, keptEndpoint, knowsPush, subscribeToPush, unsubscribeFromPush } from './push.ts';
import { settingsTexts } from './settings-texts.ts';
import styles from './settings.module.css';

/** The browsers and phones that notifications are pushed to; this one can be added. */
export function PushCard() {
  const t = useTexts(settingsTexts);
  const formats = useFormats();
  const { data, error, refetch } = useQuery(MyPushEndpointsDocument);
  const again = { refetchQueries: [MyPushEndpointsDocument], awaitRefetchQueries: true };
  const [register] = useMutation(RegisterPushEndpointDocument, again);
  const [unregister] = useMutation(UnregisterPushEndpointDocument, again);
  const { run, isPending, problem } = useAction();
  const endpoints = data?.viewer?.pushEndpoints ?? [];
  const own = keptEndpoint();
  const isOn = endpoints.some(({ id }) => id === own);

  const turnOn = (publicKey: string): void =>
    void run(async () => {
      const unavailable = Symbol('unavailable');
      const input = await subscribeToPush(publicKey).catch(() => unavailable);
      if (input === undefined) return t('pushDenied');
      if (typeof input === 'symbol') return t('pushUnavailable');
      const { data: registered } = await register({ variables: { input } });
      if (registered) keepEndpoint(registered.registerPushEndpoint.endpointId);
      return undefined;
    });
  const turnOff = (id: string): void =>
    void run(async () => {
      if (id === own) await unsubscribeFromPush().catch(() => undefined);
      await unregister({ variables: { id } });
      return undefined;
    });
  return (
    <Card>
      <h2>{t('push')}</h2>
      <p>{t('pushText')}</p>
      {!data && error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton label={t('loading')} />}
      {problem !== undefined && <Notice tone="bad">{problem}</Notice>}
      {!knowsPush() && <Notice tone="warning">{t('pushUnknown')}</Notice>}
      <ul className={styles['list']}>
        {endpoints.map(({ id, host, createdAt }) => (
          <li key={id} className={styles['entry']}>
            <Row>
              <strong>{host}</strong>
              {id === own && <Badge tone="good">{t('thisBrowser')}</Badge>}
              <Soft isSmall>{t('since', { date: formats.time(createdAt, 'date') })}</Soft>
            </Row>
            <Button kind="quiet" isDisabled={isPending} onPress={() => turnOff(id)}>
              {t('turnOff')}
            </Button>
          </li>
        ))}
      </ul>
      {data && !isOn && (
        <div>
          <Button
            kind="quiet"
            isDisabled={!knowsPush()}
            isPending={isPending}
            onPress={() => turnOn(data.pushPublicKey)}
          >
            {t('turnOn')}
          </Button>
        </div>
      )}
    </Card>
  );
}
