import { useMutation } from '@apollo/client/react';
import { useSession, useSessionState } from '@marquee/app-kit/api';
import { useTexts } from '@marquee/app-kit/text';
import { ButtonLink, Card, Notice, Page, ProblemNotice, Skeleton } from '@marquee/app-kit/ui';
import { useEffect, useRef } from 'react';

import { VerifyEmailDocument } from '../generated/graphql.ts';
import { useMailToken } from './fragment.ts';
import { mailTexts } from './mail-texts.ts';

export function Component() {
  const t = useTexts(mailTexts);
  const token = useMailToken();
  const session = useSession();
  const state = useSessionState();
  const [verify, { data, error }] = useMutation(VerifyEmailDocument);
  const sent = useRef(false);
  const send = async (): Promise<void> => {
    if (token === undefined) return;
    const result = await verify({ variables: { token } }).catch(() => undefined);
    const isVerified = result?.data?.verifyEmail?.__typename === 'VerifyEmailPayload';
    // The access token says whether the address is confirmed.
    if (isVerified && session.state !== 'anonymous') await session.refresh();
  };
  useEffect(() => {
    if (sent.current || state === 'restoring') return;
    sent.current = true;
    void send();
  });
  const result = data?.verifyEmail;
  const isDone = result?.__typename === 'VerifyEmailPayload';
  return (
    <Page title={t('verifyTitle')} isNarrow>
      <Card>
        {token === undefined && <Notice tone="warning">{t('noToken')}</Notice>}
        {token !== undefined && !data && !error && <Skeleton label={t('verifying')} />}
        {error && <ProblemNotice error={error} onRetry={() => void send()} />}
        {isDone && <Notice tone="good">{t('verified', { email: result.user.email ?? '' })}</Notice>}
        {result && !isDone && (
          <Notice tone="bad">
            {t(result.__typename === 'EmailTakenError' ? 'EmailTakenError' : 'MailTokenExpiredError')}
          </Notice>
        )}
        <ButtonLink href={isDone ? '/' : '/account'}>{t(isDone ? 'toHome' : 'toAccount')}</ButtonLink>
      </Card>
    </Page>
  );
}
