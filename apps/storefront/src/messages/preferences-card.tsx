import { useMutation, useQuery } from '@apollo/client/react';
import { useTexts, type Write } from '@marquee/app-kit/text';
import { Card, Notice, ProblemNotice, Skeleton, Table, useAction } from '@marquee/app-kit/ui';

import {
  MyNotificationsDocument,
  type NotificationChannel,
  type NotificationKind,
  UpdateNotificationPreferencesDocument,
} from '../generated/graphql.ts';
import { settingsTexts } from './settings-texts.ts';
import styles from './settings.module.css';
import { messageTexts } from './texts.ts';

const CHANNELS: readonly NotificationChannel[] = ['IN_APP', 'EMAIL', 'PUSH'];
/** It reaches the person whatever they chose. */
const FIXED: NotificationKind = 'ACCOUNT';

interface Preference {
  readonly kind: NotificationKind;
  readonly channels: readonly NotificationChannel[];
}

/** Channels by kind of notification: a table that saves with each tick. */
export function PreferencesCard() {
  const t = useTexts(settingsTexts);
  const kinds = useTexts(messageTexts);
  const { data, error, refetch } = useQuery(MyNotificationsDocument, {
    variables: { first: 20, after: null, unreadOnly: false },
  });
  const [update] = useMutation(UpdateNotificationPreferencesDocument);
  const { run, problem } = useAction();
  const viewer = data?.viewer;
  const preferences = viewer?.notificationPreferences;

  const choose = ({ kind, channels }: Preference, channel: NotificationChannel, isChosen: boolean): void => {
    const next = isChosen ? [...channels, channel] : channels.filter((each) => each !== channel);
    void run(async () => {
      await update({
        variables: { input: [{ kind, channels: next }] },
        optimisticResponse: {
          updateNotificationPreferences: {
            preferences: (preferences ?? []).map((each) => (each.kind === kind ? { ...each, channels: next } : each)),
          },
        },
        update: (cache, { data: saved }) => {
          if (viewer && saved)
            cache.modify({
              id: cache.identify(viewer),
              fields: {
                notificationPreferences: () => saved.updateNotificationPreferences.preferences,
              },
            });
        },
      });
      return undefined;
    });
  };
  return (
    <Card>
      <h2>{t('preferences')}</h2>
      {problem !== undefined && <Notice tone="bad">{problem}</Notice>}
      {!preferences && error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!preferences && !error && <Skeleton label={t('loading')} />}
      {preferences && (
        <Table
          label={t('preferences')}
          rows={preferences}
          keyOf={({ kind }) => kind}
          columns={columnsOf({ t, kinds, choose })}
        />
      )}
      {preferences?.some(({ kind }) => kind === FIXED) && <p>{t('fixed')}</p>}
    </Card>
  );
}

interface Writing {
  readonly t: Write<keyof (typeof settingsTexts)['en']>;
  readonly kinds: Write<keyof (typeof messageTexts)['en']>;
  readonly choose: (preference: Preference, channel: NotificationChannel, isChosen: boolean) => void;
}

function columnsOf({ t, kinds, choose }: Writing) {
  return [
    { head: t('kind'), cell: ({ kind }: Preference) => <strong>{kinds(kind)}</strong> },
    ...CHANNELS.map((channel) => ({
      head: t(channel),
      cell: (preference: Preference) => (
        <span className={styles['tick']}>
          <input
            type="checkbox"
            aria-label={t('byChannel', { kind: kinds(preference.kind), channel: t(channel) })}
            checked={preference.channels.includes(channel)}
            disabled={preference.kind === FIXED}
            onChange={({ target }) => choose(preference, channel, target.checked)}
          />
        </span>
      ),
    })),
  ];
}
