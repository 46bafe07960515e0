import { useMutation } from '@apollo/client/react';
import { useSession } from '@marquee/app-kit/api';
import { useTexts } from '@marquee/app-kit/text';
import { Button, ButtonLink, Card, Notice, Page, ProblemNotice } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { AcceptInvitationDocument } from '../generated/graphql.ts';
import { keepToken, useMailToken } from './fragment.ts';
import { mailTexts } from './mail-texts.ts';
import { SignedIn } from '../session/index.ts';

const KEY = 'marquee.invitation';

export function Component() {
  const t = useTexts(mailTexts);
  const fromLink = useMailToken();
  const [token] = useState(() => keepToken(KEY, fromLink));
  return (
    <Page title={t('invitationTitle')} isNarrow>
      <SignedIn>
        <Card>{token === undefined ? <Notice tone="warning">{t('noToken')}</Notice> : <Accept token={token} />}</Card>
      </SignedIn>
    </Page>
  );
}

function Accept({ token }: { readonly token: string }) {
  const t = useTexts(mailTexts);
  const session = useSession();
  const [accept, { data, error, loading }] = useMutation(AcceptInvitationDocument);
  const send = async (): Promise<void> => {
    const result = await accept({ variables: { token } }).catch(() => undefined);
    if (result?.data?.acceptInvitation?.__typename !== 'AcceptInvitationPayload') return;
    sessionStorage.removeItem(KEY);
    // The rights of the role follow with the next access token.
    await session.refresh();
  };
  const result = data?.acceptInvitation;
  if (result?.__typename === 'AcceptInvitationPayload')
    return (
      <>
        <Notice tone="good">{t('accepted', { name: result.member.organisation.name })}</Notice>
        <ButtonLink href="/account/organisations">{t('toOrganisations')}</ButtonLink>
      </>
    );
  return (
    <>
      <p>{t('invitationText')}</p>
      {error && <ProblemNotice error={error} />}
      {result && <Notice tone="bad">{t(result.__typename)}</Notice>}
      <Button isPending={loading} onPress={() => void send()}>
        {t('accept')}
      </Button>
    </>
  );
}
