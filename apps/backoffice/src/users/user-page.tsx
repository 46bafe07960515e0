import { useQuery } from '@apollo/client/react';
import { roleTexts } from '@marquee/app-kit/account';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Badge, ButtonLink, Card, Empty, Facts, Notice, Page, ProblemNotice, Skeleton } from '@marquee/app-kit/ui';
import { Link, useParams } from 'react-router';

import { useWho } from '../frame/who.tsx';
import { hasRole } from '../frame/work.ts';
import { UserDetailsDocument } from '../generated/graphql.ts';
import type { Account } from './account.ts';
import { userTexts } from './texts.ts';
import { UserRoles } from './user-roles.tsx';
import { UserStatusControls } from './user-status.tsx';

/** An account, and for administrators its roles, its status and its sessions. */
export function Component() {
  const t = useTexts(userTexts);
  const { userId = '' } = useParams();
  const { data, error, loading, refetch } = useQuery(UserDetailsDocument, { variables: { id: userId } });
  const user = data?.user;
  return (
    <Page title={user?.displayName ?? t('account')} isNarrow>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {loading && !user && <Skeleton label={t('loading')} />}
      {data && !user && !error && (
        <Empty>
          <p>{t('noAccount')}</p>
          <ButtonLink href="/users">{t('users')}</ButtonLink>
        </Empty>
      )}
      {user && (
        <>
          <AccountFacts user={user} />
          <Administration key={user.id} user={user} />
        </>
      )}
    </Page>
  );
}

function AccountFacts({ user: { id, email, emailVerified, status, roles, createdAt } }: { readonly user: Account }) {
  const t = useTexts(userTexts);
  const roleName = useTexts(roleTexts);
  const { list, time } = useFormats();
  return (
    <Card>
      <Facts
        facts={[
          [t('email'), email ?? '—'],
          [t('emailVerified'), t(emailVerified ? 'yes' : 'no')],
          [t('id'), <code key="id">{id}</code>],
          [
            t('status'),
            status && (
              <Badge key="status" tone={status === 'ACTIVE' ? 'good' : 'bad'}>
                {t(status)}
              </Badge>
            ),
          ],
          [t('roles'), list((roles ?? []).map((role) => roleName(role)))],
          [t('createdAt'), createdAt && time(createdAt, 'date')],
        ]}
      />
    </Card>
  );
}

function Administration({ user }: { readonly user: Account }) {
  const t = useTexts(userTexts);
  const { who } = useWho();
  if (who === undefined) return null;
  if (!hasRole(who, ['ADMIN'])) return <Notice>{t('administratorsOnly')}</Notice>;
  return (
    <>
      <Link to={`/audit-log?subjectId=${user.id}`}>{t('whatWasDone')}</Link>
      {who.id === user.id ? (
        <Notice>{t('yourself')}</Notice>
      ) : (
        <>
          <UserRoles user={user} />
          <UserStatusControls user={user} />
        </>
      )}
    </>
  );
}
