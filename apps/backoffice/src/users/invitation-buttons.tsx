import { useMutation } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { Button, Notice, Row, showToast, useAction } from '@marquee/app-kit/ui';

import { OrganisationDocument, ResendInvitationDocument, WithdrawInvitationDocument } from '../generated/graphql.ts';
import { organisationTexts } from './organisation-texts.ts';

export interface InvitationButtonsProps {
  readonly invitationId: string;
  readonly email: string;
}

/** Sends an invitation again, or withdraws it. */
export function InvitationButtons({ invitationId, email }: InvitationButtonsProps) {
  const t = useTexts(organisationTexts);
  const action = useAction();
  const [resend] = useMutation(ResendInvitationDocument);
  const [withdraw] = useMutation(WithdrawInvitationDocument, { refetchQueries: [OrganisationDocument] });
  const sendAgain = (): Promise<boolean> =>
    action.run(async () => {
      await resend({ variables: { invitationId } });
      showToast({ id: invitationId, title: t('sentAgain', { email }) });
      return undefined;
    });
  const takeBack = (): Promise<boolean> =>
    action.run(async () => {
      await withdraw({ variables: { invitationId } });
      showToast({ id: invitationId, title: t('withdrawn', { email }) });
      return undefined;
    });
  return (
    <>
      <Row>
        <Button
          kind="bare"
          isPending={action.isPending}
          aria-label={t('sendAgainTo', { email })}
          onPress={() => void sendAgain()}
        >
          {t('sendAgain')}
        </Button>
        <Button
          kind="bare"
          isPending={action.isPending}
          aria-label={t('withdrawFrom', { email })}
          onPress={() => void takeBack()}
        >
          {t('withdraw')}
        </Button>
      </Row>
      {action.problem !== undefined && <Notice tone="bad">{action.problem}</Notice>}
    </>
  );
}
