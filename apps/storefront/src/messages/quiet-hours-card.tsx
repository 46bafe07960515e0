import { useMutation, useQuery } from '@apollo/client/react';
import { Form } from '@marquee/app-kit/account';
import { problemOf } from '@marquee/app-kit/api';
import { useTexts } from '@marquee/app-kit/text';
import { Button, Card, Notice, ProblemNotice, Row, Skeleton, TextField, useAction } from '@marquee/app-kit/ui';
import { useState } from 'react';
import { Link } from 'react-router';

import { MyQuietHoursDocument, type MyQuietHoursQuery, SetQuietHoursDocument } from '../generated/graphql.ts';
import { settingsTexts } from './settings-texts.ts';
import styles from './settings.module.css';

type Hours = NonNullable<MyQuietHoursQuery['viewer']>['quietHours'];

export function QuietHoursCard() {
  const t = useTexts(settingsTexts);
  const { data, error, refetch } = useQuery(MyQuietHoursDocument);
  const viewer = data?.viewer;
  return (
    <Card>
      <h2>{t('quiet')}</h2>
      <p>{t('quietText')}</p>
      {viewer && <QuietHoursForm key={JSON.stringify(viewer.quietHours)} hours={viewer.quietHours} />}
      {!viewer && error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!viewer && !error && <Skeleton label={t('loading')} />}
    </Card>
  );
}

function QuietHoursForm({ hours }: { readonly hours: Hours }) {
  const t = useTexts(settingsTexts);
  const [set] = useMutation(SetQuietHoursDocument, { refetchQueries: [MyQuietHoursDocument] });
  const { run, isPending, problem } = useAction();
  const [from, setFrom] = useState(hours?.from ?? '22:00');
  const [until, setUntil] = useState(hours?.until ?? '07:00');
  const [needsZone, setNeedsZone] = useState(false);
  const save = (next: NonNullable<Hours> | null): void =>
    void run(async () => {
      setNeedsZone(false);
      try {
        await set({ variables: { hours: next } });
      } catch (error) {
        if (!['BAD_USER_INPUT', 'FORBIDDEN'].includes(problemOf(error).code)) throw error;
        setNeedsZone(true);
      }
      return undefined;
    });
  return (
    <Form onSubmit={() => void (from && until && save({ from, until }))}>
      {problem !== undefined && <Notice tone="bad">{problem}</Notice>}
      {needsZone && (
        <Notice tone="bad">
          {t('needsZone')} <Link to="/account">{t('toProfile')}</Link>
        </Notice>
      )}
      {hours && <Notice tone="good">{t('quietOn', { from: hours.from, until: hours.until })}</Notice>}
      <div className={styles['times']}>
        <TextField label={t('from')} type="time" value={from} onChange={setFrom} />
        <TextField label={t('until')} type="time" value={until} onChange={setUntil} />
      </div>
      <Row>
        <Button type="submit" kind="quiet" isPending={isPending}>
          {t(hours ? 'saveHours' : 'turnOnQuiet')}
        </Button>
        {hours && (
          <Button kind="bare" isDisabled={isPending} onPress={() => save(null)}>
            {t('endQuiet')}
          </Button>
        )}
      </Row>
    </Form>
  );
}
