import { useSessionState } from '@marquee/app-kit/api';
import { useTexts } from '@marquee/app-kit/text';
import { ButtonLink, Empty, Page, ProblemNotice, Skeleton } from '@marquee/app-kit/ui';
import { useParams } from 'react-router';

import { SignedIn } from '../session/index.ts';
import { Chat } from './chat.tsx';
import { chatTexts } from './chat-texts.ts';
import { useConversation } from './use-conversation.ts';

export function Component() {
  const t = useTexts(chatTexts);
  const { id = '' } = useParams();
  if (useSessionState() === 'signed-in') return <Conversation key={id} id={id} />;
  return (
    <Page title={t('title')} isNarrow>
      <SignedIn>{null}</SignedIn>
    </Page>
  );
}

function Conversation({ id }: { readonly id: string }) {
  const t = useTexts(chatTexts);
  const conversation = useConversation(id);
  const { ticket, error, isMissing, refetch } = conversation;
  return (
    <Page title={ticket?.subject ?? t('title')} isNarrow>
      {!ticket && error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!ticket && !error && !isMissing && <Skeleton label={t('loading')} />}
      {isMissing && (
        <Empty>
          <p>{t('notFound')}</p>
          <ButtonLink href="/support">{t('toTickets')}</ButtonLink>
        </Empty>
      )}
      {ticket && <Chat ticket={ticket} conversation={conversation} />}
    </Page>
  );
}
