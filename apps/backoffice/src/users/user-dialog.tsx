import { useTexts } from '@marquee/app-kit/text';
import { Badge, Dialog, Facts, Notice } from '@marquee/app-kit/ui';
import { Link } from 'react-router';

import { useWho } from '../frame/who.tsx';
import { hasRole } from '../frame/work.ts';
import type { UsersQuery } from '../generated/graphql.ts';
import { userTexts } from './texts.ts';
import { UserRoles } from './user-roles.tsx';
import { UserStatusControls } from './user-status.tsx';

export type ListedUser = UsersQuery['users']['edges'][number]['node'];

/** An account, and for administrators its roles, its status and its sessions. */
export function UserDialog({ user, onClose }: { readonly user: ListedUser; readonly onClose: () => void }) {
  const t = useTexts(userTexts);
  const { who } = useWho();
  const isAdministrator = who !== undefined && hasRole(who, ['ADMIN']);
  const isSelf = who?.id === user.id;
  return (
    <Dialog title={user.displayName} isOpen onClose={onClose}>
      <Facts
        facts={[
          [t('email'), user.email ?? '—'],
          [t('id'), <code key="id">{user.id}</code>],
          [
            t('status'),
            user.status && (
              <Badge key="status" tone={user.status === 'ACTIVE' ? 'good' : 'bad'}>
                {t(user.status)}
              </Badge>
            ),
          ],
        ]}
      />
      {isAdministrator && (
        <Link to={`/audit-log?subjectId=${user.id}`} onClick={onClose}>
          {t('whatWasDone')}
        </Link>
      )}
      {isSelf && <Notice>{t('yourself')}</Notice>}
      {!isAdministrator && <Notice>{t('administratorsOnly')}</Notice>}
      {isAdministrator && !isSelf && (
        <>
          <UserRoles user={user} />
          <UserStatusControls user={user} />
        </>
      )}
    </Dialog>
  );
}
