import { useMutation } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { Badge, Button, Card, Dialog, Notice, ProblemNotice, Row } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { SendVerificationEmailDocument } from '../../generated/graphql.ts';
import { ChangeEmailForm } from './change-email-form.tsx';
import { profileTexts } from './texts.ts';

export function EmailCard({ email, isVerified }: { readonly email: string; readonly isVerified: boolean }) {
  const t = useTexts(profileTexts);
  const [isChanging, setChanging] = useState(false);
  const [pendingEmail, setPending] = useState<string>();
  const [send, { data, error, loading }] = useMutation(SendVerificationEmailDocument);
  const sentTo = data?.sendVerificationEmail?.sentTo;
  return (
    <Card>
      <h2>{t('email')}</h2>
      <Row>
        <strong>{email}</strong>
        <Badge tone={isVerified ? 'good' : 'warning'}>{t(isVerified ? 'verified' : 'unverified')}</Badge>
      </Row>
      {!isVerified && <p>{t('verifyText')}</p>}
      {pendingEmail !== undefined && <Notice>{t('pending', { email: pendingEmail })}</Notice>}
      {sentTo && <Notice tone="good">{t('sent', { email: sentTo })}</Notice>}
      {error && <ProblemNotice error={error} />}
      <Row>
        {!isVerified && (
          <Button isPending={loading} onPress={() => void send().catch(() => undefined)}>
            {t('sendAgain')}
          </Button>
        )}
        <Button kind="quiet" onPress={() => setChanging(true)}>
          {t('changeEmail')}
        </Button>
      </Row>
      <Dialog title={t('changeEmail')} isOpen={isChanging} onClose={() => setChanging(false)}>
        <ChangeEmailForm
          onChanged={(address) => {
            setPending(address);
            setChanging(false);
          }}
        />
      </Dialog>
    </Card>
  );
}
