import { useApolloClient, useQuery } from '@apollo/client/react';
import { useLive } from '@marquee/app-kit/api';
import { useTexts } from '@marquee/app-kit/text';
import { showToast } from '@marquee/app-kit/ui';
import { Link, useLocation } from 'react-router';

import { NotificationReceivedDocument, UnreadCountDocument } from '../generated/graphql.ts';
import styles from './bell.module.css';
import { bellTexts } from './bell-texts.ts';
import { toastPath } from './subject.ts';

const MAX_SHOWN = 99;

/** Leads to the notifications, with the number of those that are unread, and tells each new one. For signed-in people. */
export function Bell() {
  const t = useTexts(bellTexts);
  const { pathname } = useLocation();
  const client = useApolloClient();
  const { data, refetch } = useQuery(UnreadCountDocument);
  const viewer = data?.viewer;
  const readList = (): void => {
    for (const query of client.getObservableQueries('active'))
      if (query.queryName === 'NotificationList') void query.refetch();
  };
  useLive(
    NotificationReceivedDocument,
    {},
    {
      skip: !viewer,
      onEvent: ({ notificationReceived: { unreadCount, notification } }) => {
        if (viewer)
          client.cache.modify({
            id: client.cache.identify(viewer),
            fields: { unreadNotificationCount: () => unreadCount },
          });
        const { id, kind, title, body, booking } = notification;
        // Whoever is in a conversation sees the answer there.
        if (kind !== 'SUPPORT' || !pathname.startsWith('/support/'))
          showToast({ id, title, text: body, href: toastPath(kind, booking?.id) });
        readList();
      },
      onGap: () => {
        void refetch();
        readList();
      },
    },
  );
  const count = viewer?.unreadNotificationCount ?? 0;
  return (
    <>
      <Link to="/notifications" className={styles['bell']} aria-label={t('notifications', { count })}>
        <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
          <path
            d="M12 3a6 6 0 0 0-6 6c0 5-2 6-2 8h16c0-2-2-3-2-8a6 6 0 0 0-6-6Zm-2 17a2 2 0 0 0 4 0"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.8"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </svg>
        {count > 0 && (
          <span className={styles['count']} aria-hidden="true">
            {count > MAX_SHOWN ? `${MAX_SHOWN}+` : count}
          </span>
        )}
      </Link>
    </>
  );
}
