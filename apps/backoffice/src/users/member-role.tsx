import { useMutation } from '@apollo/client/react';
import { roleTexts } from '@marquee/app-kit/account';
import { useTexts } from '@marquee/app-kit/text';
import { Button, Notice, Row, Select, useAction } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { Confirm } from '../forms/confirm.tsx';
import { useWho } from '../frame/who.tsx';
import { OrganisationDocument, type OrganisationRole, SetMemberRoleDocument } from '../generated/graphql.ts';
import { organisationTexts } from './organisation-texts.ts';

export interface MemberRoleProps {
  readonly organisationId: string;
  readonly user: { readonly id: string; readonly displayName: string };
  readonly role: OrganisationRole;
  /** Those that the person may give. */
  readonly roles: readonly OrganisationRole[];
}

/** A member's role, and the way out. Everybody may leave. */
export function MemberRole({ organisationId, user, role, roles }: MemberRoleProps) {
  const t = useTexts(organisationTexts);
  const roleName = useTexts(roleTexts);
  const { who } = useWho();
  const action = useAction();
  const [isLeaving, setLeaving] = useState(false);
  const [setMemberRole] = useMutation(SetMemberRoleDocument, { refetchQueries: [OrganisationDocument] });
  const isSelf = who?.id === user.id;
  const mayChange = roles.includes(role);
  const become = (next: OrganisationRole | null): Promise<boolean> =>
    action.run(async () => {
      const { data } = await setMemberRole({ variables: { organisationId, userId: user.id, role: next } });
      return data?.setMemberRole?.__typename === 'LastOwnerError' ? t('lastOwner') : undefined;
    });
  const remove = async (): Promise<void> => {
    if (await become(null)) setLeaving(false);
  };
  return (
    <>
      <Row>
        {mayChange ? (
          <Select
            label={t('roleOf', { name: user.displayName })}
            isLabelHidden
            value={role}
            choices={roles.map((id) => ({ id, text: roleName(id) }))}
            onChange={(next) => void become(next)}
          />
        ) : (
          roleName(role)
        )}
        {(mayChange || isSelf) && (
          <Button
            kind="bare"
            aria-label={isSelf ? t('leave') : t('removeWho', { name: user.displayName })}
            onPress={() => setLeaving(true)}
          >
            {isSelf ? t('leave') : t('remove')}
          </Button>
        )}
      </Row>
      {action.problem !== undefined && !isLeaving && <Notice tone="bad">{action.problem}</Notice>}
      <Confirm
        title={isSelf ? t('leave') : t('removeWho', { name: user.displayName })}
        isOpen={isLeaving}
        onClose={() => setLeaving(false)}
        action={action}
        doText={isSelf ? t('leave') : t('remove')}
        onDo={() => void remove()}
      >
        <p>{isSelf ? t('leaveText') : t('removeText')}</p>
      </Confirm>
    </>
  );
}
