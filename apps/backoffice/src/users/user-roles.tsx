import { useMutation } from '@apollo/client/react';
import { roleTexts } from '@marquee/app-kit/account';
import { useTexts } from '@marquee/app-kit/text';
import { Button, Checkbox, Notice, showToast, useAction } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { Group } from '../forms/grid.tsx';
import { type Role, SetRolesDocument } from '../generated/graphql.ts';
import type { Account } from './account.ts';
import { userTexts } from './texts.ts';

const ROLES: readonly Role[] = ['PARTNER', 'ADVERTISER', 'SUPPORT_AGENT', 'ANALYST', 'ADMIN'];

export interface UserProps {
  readonly user: Account;
}

/** The roles of an account. To take one away ends the person's sessions. */
export function UserRoles({ user }: UserProps) {
  const t = useTexts(userTexts);
  const roleName = useTexts(roleTexts);
  const action = useAction();
  const [chosen, setChosen] = useState<readonly Role[]>(user.roles ?? []);
  const [setRoles] = useMutation(SetRolesDocument);
  const isChanged = ROLES.some((role) => chosen.includes(role) !== (user.roles ?? []).includes(role));
  const save = async (): Promise<void> => {
    const isDone = await action.run(async () => {
      const { data } = await setRoles({ variables: { userId: user.id, roles: chosen } });
      return data?.setRoles?.__typename === 'LastAdministratorError' ? t('lastAdministrator') : undefined;
    });
    if (isDone) showToast({ id: user.id, title: t('rolesSaved', { name: user.displayName }) });
  };
  return (
    <Group legend={t('roles')}>
      <div>
        {ROLES.map((role) => (
          <Checkbox
            key={role}
            isSelected={chosen.includes(role)}
            onChange={(isSelected) =>
              setChosen(isSelected ? [...chosen, role] : chosen.filter((each) => each !== role))
            }
          >
            {roleName(role)}
          </Checkbox>
        ))}
      </div>
      {action.problem !== undefined && <Notice tone="bad">{action.problem}</Notice>}
      <div>
        <Button isDisabled={!isChanged} isPending={action.isPending} onPress={() => void save()}>
          {t('saveRoles')}
        </Button>
      </div>
    </Group>
  );
}
