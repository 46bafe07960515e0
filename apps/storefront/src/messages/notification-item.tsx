import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Badge, Button, Hidden, Soft } from '@marquee/app-kit/ui';
import { Link } from 'react-router';

import type { NotificationListQuery } from '../generated/graphql.ts';
import styles from './notifications.module.css';
import { subjectPath } from './subject.ts';
import { messageTexts } from './texts.ts';

type Notification = NonNullable<NonNullable<NotificationListQuery['viewer']>['notifications']>['edges'][number]['node'];

export function NotificationItem({
  notification: { title, body, kind, about, createdAt, readAt },
  onRead,
}: {
  readonly notification: Notification;
  readonly onRead: () => void;
}) {
  const t = useTexts(messageTexts);
  const formats = useFormats();
  const isUnread = readAt === null;
  return (
    <li className={`${styles['item']} ${isUnread ? styles['unread'] : ''}`}>
      <div className={styles['head']}>
        <Badge>{t(kind)}</Badge>
        {isUnread && <Hidden>{t('isUnread')}</Hidden>}
        <time dateTime={createdAt} title={formats.time(createdAt, 'exact')}>
          <Soft isSmall>{formats.ago(createdAt)}</Soft>
        </time>
      </div>
      <h2 className={styles['title']}>
        {about ? (
          <Link
            to={subjectPath(about)}
            target={about.type === 'SUPPORT_CASE' ? '_blank' : undefined}
            onClick={() => isUnread && onRead()}
          >
            {title}
          </Link>
        ) : (
          title
        )}
      </h2>
      <p>{body}</p>
      {isUnread && (
        <div>
          <Button kind="bare" onPress={onRead} aria-label={`${t('markRead')}: ${title}`}>
            {t('markRead')}
          </Button>
        </div>
      )}
    </li>
  );
}
