import { useMutation } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { Button, ButtonLink, Notice, ProblemNotice, Row } from '@marquee/app-kit/ui';

import { SendVerificationEmailDocument } from '../generated/graphql.ts';
import { registerTexts } from './register-texts.ts';

/** After registering: a mail is on its way. */
export function VerificationSent({ email, next }: { readonly email: string; readonly next: string }) {
  const t = useTexts(registerTexts);
  const [send, { data, error, loading }] = useMutation(SendVerificationEmailDocument);
  const sendAgain = (): void => void send().catch(() => undefined);
  return (
    <>
      <p>{t('mailSent', { email })}</p>
      {error && <ProblemNotice error={error} />}
      {data?.sendVerificationEmail && (
        <Notice tone="good">{t('mailSentAgain', { email: data.sendVerificationEmail.sentTo ?? email })}</Notice>
      )}
      <Row>
        <ButtonLink href={next}>{t('goOn')}</ButtonLink>
        <Button kind="quiet" isPending={loading} onPress={sendAgain}>
          {t('sendAgain')}
        </Button>
      </Row>
    </>
  );
}
