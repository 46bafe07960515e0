import { useMutation } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { Button, Notice, Row, showToast, TextField, useAction } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { Group } from '../forms/grid.tsx';
import { EndUserSessionsDocument, SetUserStatusDocument } from '../generated/graphql.ts';
import { userTexts } from './texts.ts';
import type { UserProps } from './user-roles.tsx';

const MAX_REASON = 500;

/** Suspends an account with a reason, or restores it, and ends its sessions. */
export function UserStatusControls({ user }: UserProps) {
  const t = useTexts(userTexts);
  const action = useAction();
  const [reason, setReason] = useState('');
  const [isEmpty, setEmpty] = useState(false);
  const [setStatus] = useMutation(SetUserStatusDocument);
  const [endSessions] = useMutation(EndUserSessionsDocument);
  const isActive = user.status === 'ACTIVE';
  const change = async (): Promise<void> => {
    setEmpty(reason.trim() === '');
    if (reason.trim() === '') return;
    const isDone = await action.run(async () => {
      const { data } = await setStatus({
        variables: { userId: user.id, status: isActive ? 'SUSPENDED' : 'ACTIVE', reason: reason.trim() },
      });
      return data?.setUserStatus?.__typename === 'LastAdministratorError' ? t('lastAdministrator') : undefined;
    });
    if (!isDone) return;
    setReason('');
    showToast({ id: user.id, title: t(isActive ? 'suspended' : 'restored', { name: user.displayName }) });
  };
  const end = (): Promise<boolean> =>
    action.run(async () => {
      const { data } = await endSessions({ variables: { userId: user.id } });
      showToast({ id: user.id, title: t('ended', { count: data?.endUserSessions?.revokedSessionIds.length ?? 0 }) });
      return undefined;
    });
  return (
    <Group legend={t('account')}>
      <TextField
        label={t('reason')}
        hint={t('reasonHint')}
        rows={2}
        maxLength={MAX_REASON}
        value={reason}
        onChange={setReason}
        problem={isEmpty ? t('reasonNeeded') : undefined}
      />
      {action.problem !== undefined && <Notice tone="bad">{action.problem}</Notice>}
      <Row>
        <Button kind={isActive ? 'danger' : 'main'} isPending={action.isPending} onPress={() => void change()}>
          {isActive ? t('suspend') : t('restore')}
        </Button>
        <Button kind="quiet" isPending={action.isPending} onPress={() => void end()}>
          {t('endSessions')}
        </Button>
      </Row>
    </Group>
  );
}
