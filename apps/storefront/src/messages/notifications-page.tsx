import { useMutation, useQuery } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { Button, ButtonLink, Checkbox, Empty, Page, ProblemNotice, ShowMore, Row, Skeleton } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { MarkNotificationsReadDocument, NotificationListDocument } from '../generated/graphql.ts';
import { SignedIn } from '../session/index.ts';
import { NotificationItem } from './notification-item.tsx';
import styles from './notifications.module.css';
import { messageTexts } from './texts.ts';

const PAGE_SIZE = 20;

export function Component() {
  const t = useTexts(messageTexts);
  return (
    <Page
      title={t('title')}
      isNarrow
      actions={
        <ButtonLink kind="quiet" href="/account/notifications">
          {t('settings')}
        </ButtonLink>
      }
    >
      <SignedIn>
        <Notifications />
      </SignedIn>
    </Page>
  );
}

function Notifications() {
  const t = useTexts(messageTexts);
  const [unreadOnly, setUnreadOnly] = useState(false);
  const { data, error, refetch, fetchMore } = useQuery(NotificationListDocument, {
    variables: { first: PAGE_SIZE, after: null, unreadOnly },
  });
  const [markRead, marking] = useMutation(MarkNotificationsReadDocument);
  const viewer = data?.viewer;
  const list = viewer?.notifications;
  const all = list?.edges.map(({ node }) => node) ?? [];
  const unread = all.filter(({ readAt }) => readAt === null);

  const mark = (ids: readonly string[]): void =>
    void markRead({
      variables: { ids: [...ids] },
      update: (cache, { data: marked }) => {
        const readAt = new Date().toISOString();
        for (const id of ids)
          cache.modify({ id: cache.identify({ __typename: 'Notification', id }), fields: { readAt: () => readAt } });
        if (viewer && marked)
          cache.modify({
            id: cache.identify(viewer),
            fields: { unreadNotificationCount: () => marked.markNotificationsRead.unreadCount },
          });
      },
    }).catch(() => undefined);

  return (
    <>
      <Row>
        <Checkbox isSelected={unreadOnly} onChange={setUnreadOnly}>
          {t('unread')}
        </Checkbox>
        {unread.length > 0 && (
          <Button kind="quiet" isPending={marking.loading} onPress={() => mark(unread.map(({ id }) => id))}>
            {t('markAll')}
          </Button>
        )}
      </Row>
      {(error ?? marking.error) && <ProblemNotice error={error ?? marking.error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton label={t('loading')} />}
      {list && all.length === 0 && <Empty>{t(unreadOnly ? 'noneUnread' : 'none')}</Empty>}
      <ul className={styles['list']}>
        {all.map((notification) => (
          <NotificationItem key={notification.id} notification={notification} onRead={() => mark([notification.id])} />
        ))}
      </ul>
      <ShowMore pageInfo={list?.pageInfo} onMore={(after) => fetchMore({ variables: { after } })} />
    </>
  );
}
