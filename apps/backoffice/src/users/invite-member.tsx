import { useMutation } from '@apollo/client/react';
import { roleTexts } from '@marquee/app-kit/account';
import { useTexts } from '@marquee/app-kit/text';
import { Button, Notice, Select, showToast, TextField, useAction } from '@marquee/app-kit/ui';

import { formStyle } from '../forms/form-style.ts';
import { Fields, Group } from '../forms/grid.tsx';
import { formTexts } from '../forms/texts.ts';
import { useForm } from '../forms/use-form.ts';
import { InviteMemberDocument, OrganisationDocument, type OrganisationRole } from '../generated/graphql.ts';
import { organisationTexts } from './organisation-texts.ts';

export interface InviteMemberProps {
  readonly organisationId: string;
  readonly roles: readonly OrganisationRole[];
}

/** Invites somebody by mail. */
export function InviteMember({ organisationId, roles }: InviteMemberProps) {
  const t = useTexts(organisationTexts);
  const roleName = useTexts(roleTexts);
  const forms = useTexts(formTexts);
  const action = useAction();
  const [invite] = useMutation(InviteMemberDocument, { refetchQueries: [OrganisationDocument] });
  const form = useForm<{ email: string; role: OrganisationRole }>({ email: '', role: 'BOX_OFFICE' }, ({ email }) => ({
    email: /^\S+@\S+\.\S+$/.test(email.trim()) ? undefined : t('badEmail'),
  }));
  const send = async ({ email, role }: typeof form.values): Promise<void> => {
    const isDone = await action.run(async () => {
      try {
        const { data } = await invite({ variables: { input: { organisationId, email: email.trim(), role } } });
        const result = data?.inviteMember;
        if (result?.__typename === 'AlreadyMemberError') form.refuseField('email', t('alreadyMember'));
        else if (result?.__typename === 'AlreadyInvitedError') form.refuseField('email', t('alreadyInvited'));
        else return undefined;
        return forms('checkFields');
      } catch (error) {
        if (form.refuse(error)) return forms('checkFields');
        throw error;
      }
    });
    if (!isDone) return;
    showToast({ id: 'invitation', title: t('invited', { email }) });
    form.reset();
  };
  return (
    <form className={formStyle} {...form.form((values) => void send(values))} aria-label={t('invite')}>
      <Group legend={t('invite')}>
        <Fields>
          <TextField type="email" label={t('email')} autoComplete="off" {...form.field('email')} />
          <Select
            label={t('role')}
            value={form.values.role}
            choices={roles.map((id) => ({ id, text: roleName(id) }))}
            onChange={(role) => form.set('role', role)}
          />
        </Fields>
        <p>{t('does', { role: form.values.role })}</p>
        {action.problem !== undefined && <Notice tone="bad">{action.problem}</Notice>}
        <div>
          <Button type="submit" isPending={action.isPending}>
            {t('sendInvitation')}
          </Button>
        </div>
      </Group>
    </form>
  );
}
