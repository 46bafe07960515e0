import { skipToken, useQuery } from '@apollo/client/react';
import { roleTexts } from '@marquee/app-kit/account';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { ButtonLink, Empty, Page, ProblemNotice, Skeleton, Stack, Table } from '@marquee/app-kit/ui';
import { useParams } from 'react-router';

import { useWho } from '../frame/who.tsx';
import { hasRole } from '../frame/work.ts';
import { OrganisationDocument, type OrganisationQuery, type OrganisationRole } from '../generated/graphql.ts';
import { InvitationButtons } from './invitation-buttons.tsx';
import { InviteMember } from './invite-member.tsx';
import { MemberRole } from './member-role.tsx';
import { organisationTexts } from './organisation-texts.ts';

type Loaded = NonNullable<OrganisationQuery['organisation']>;

/** Roles that the person gives in an organisation: owners every one, managers those of the box office and of scanners. */
const givable = (role: OrganisationRole | undefined): readonly OrganisationRole[] => {
  if (role === 'OWNER') return ['OWNER', 'MANAGER', 'BOX_OFFICE', 'SCANNER', 'FINANCE'];
  return role === 'MANAGER' ? ['BOX_OFFICE', 'SCANNER'] : [];
};

/** Who works for an organisation, and who is invited to. */
export function Component() {
  const t = useTexts(organisationTexts);
  const { organisationId } = useParams();
  const { who, organisation: chosen } = useWho();
  const id = organisationId ?? chosen?.id;
  const { data, error, loading, refetch } = useQuery(OrganisationDocument, id ? { variables: { id } } : skipToken);
  const organisation = data?.organisation;
  const roles = givable(who?.organisations.find((each) => each.id === id)?.role);
  const mayFound = who !== undefined && hasRole(who, ['PARTNER']);
  const found = mayFound && (
    <ButtonLink kind="quiet" href="/organisations/new">
      {t('create')}
    </ButtonLink>
  );
  return (
    <Page title={organisation?.name ?? t('organisation')} actions={found}>
      {error && !organisation && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {loading && !organisation && <Skeleton label={t('loading')} />}
      {(!id || (data && !organisation && !error)) && <Empty>{mayFound ? t('none') : t('notFound')}</Empty>}
      {organisation && (
        <>
          <Members organisation={organisation} roles={roles} />
          {roles.length > 0 && <InviteMember organisationId={organisation.id} roles={roles} />}
          {organisation.invitations && organisation.invitations.length > 0 && (
            <Invitations organisation={organisation} mayManage={roles.length > 0} />
          )}
        </>
      )}
    </Page>
  );
}

interface SectionProps {
  readonly organisation: Loaded;
}

function Members({ organisation, roles }: SectionProps & { readonly roles: readonly OrganisationRole[] }) {
  const t = useTexts(organisationTexts);
  return (
    <Stack>
      <h2>{t('members')}</h2>
      <Table
        label={t('members')}
        rows={organisation.members ?? []}
        keyOf={({ user }) => user.id}
        columns={[
          { head: t('name'), cell: ({ user }) => <strong>{user.displayName}</strong> },
          { head: t('email'), cell: ({ user }) => user.email ?? '—' },
          {
            head: t('role'),
            cell: (member) => (
              <MemberRole organisationId={organisation.id} user={member.user} role={member.role} roles={roles} />
            ),
          },
        ]}
      />
    </Stack>
  );
}

function Invitations({ organisation, mayManage }: SectionProps & { readonly mayManage: boolean }) {
  const t = useTexts(organisationTexts);
  const roleName = useTexts(roleTexts);
  const { time } = useFormats();
  return (
    <Stack>
      <h2>{t('invitations')}</h2>
      <Table
        label={t('invitations')}
        rows={organisation.invitations ?? []}
        keyOf={({ id }) => id}
        columns={[
          { head: t('email'), cell: ({ email }) => email },
          { head: t('role'), cell: ({ role }) => roleName(role) },
          { head: t('until'), cell: ({ expiresAt }) => time(expiresAt, 'exact') },
          {
            head: t('change'),
            cell: ({ id, email }) => (mayManage ? <InvitationButtons invitationId={id} email={email} /> : '—'),
          },
        ]}
      />
    </Stack>
  );
}
