import { useApolloClient } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Badge, Button, Empty, Notice, Soft, useAction } from '@marquee/app-kit/ui';
import { useEffect, useRef, useState } from 'react';

import { EarlierMessagesDocument, type EarlierMessagesQuery, type SupportTicketQuery } from '../generated/graphql.ts';
import styles from './desk.module.css';
import { deskTexts } from './texts.ts';

type Message = NonNullable<SupportTicketQuery['supportTicket']>['messages'][number];
type Earlier = NonNullable<EarlierMessagesQuery['supportTicket']>['messages'][number];

export interface ConversationProps {
  readonly ticketId: string;
  readonly customerId: string | undefined;
  readonly messages: readonly Message[];
  /** The number of the first of the messages: those before it are read when they are asked for. */
  readonly firstSequence: number | undefined;
}

/** The messages of a ticket, with the notes that only support sees clearly apart. */
export function Conversation({ ticketId, customerId, messages, firstSequence = 1 }: ConversationProps) {
  const t = useTexts(deskTexts);
  const client = useApolloClient();
  const action = useAction();
  const [earlier, setEarlier] = useState<readonly Earlier[]>([]);
  const end = useRef<HTMLLIElement>(null);
  const lastId = messages.at(-1)?.id;
  useEffect(() => {
    if (lastId !== undefined) end.current?.scrollIntoView({ block: 'nearest' });
  }, [lastId]);
  const before = earlier[0]?.sequence ?? firstSequence;
  const readEarlier = (): Promise<boolean> =>
    action.run(async () => {
      const { data } = await client.query({ query: EarlierMessagesDocument, variables: { id: ticketId, before } });
      setEarlier([...(data?.supportTicket?.messages ?? []), ...earlier]);
      return undefined;
    });
  const known = new Set(messages.map(({ id }) => id));
  const all = [...earlier.filter(({ id }) => !known.has(id)), ...messages];
  return (
    <section aria-label={t('conversation')} className={styles['conversation']}>
      {before > 1 && (
        <Button kind="bare" isPending={action.isPending} onPress={() => void readEarlier()}>
          {t('earlier')}
        </Button>
      )}
      {action.problem !== undefined && <Notice tone="bad">{action.problem}</Notice>}
      {all.length === 0 && <Empty>{t('noMessages')}</Empty>}
      <ol className={styles['messages']} aria-live="polite">
        {all.map((message) => (
          <MessageItem key={message.id} message={message} isOfCustomer={message.author?.id === customerId} />
        ))}
        <li ref={end} aria-hidden="true" />
      </ol>
    </section>
  );
}

function MessageItem({ message, isOfCustomer }: { readonly message: Message; readonly isOfCustomer: boolean }) {
  const t = useTexts(deskTexts);
  const { time } = useFormats();
  const look = message.internal ? 'note' : isOfCustomer ? 'customer' : 'support';
  return (
    <li className={`${styles['message']} ${styles[look]}`}>
      <p className={styles['author']}>
        <strong>{message.author?.displayName ?? t('deleted')}</strong>
        {message.internal && <Badge tone="warning">{t('internalNote')}</Badge>}
        <Soft isSmall>
          <time dateTime={message.sentAt}>{time(message.sentAt, 'moment')}</time>
        </Soft>
      </p>
      <p className={styles['text']}>{message.text}</p>
    </li>
  );
}
