import { useTexts } from '@marquee/app-kit/text';
import { Button, Notice } from '@marquee/app-kit/ui';
import { useEffect, useRef } from 'react';
import { Link, useNavigate } from 'react-router';

import { ChatForm } from './chat-form.tsx';
import { ChatHead, type Ticket } from './chat-head.tsx';
import styles from './chat.module.css';
import { ChatMessage, OutgoingMessage } from './chat-message.tsx';
import { chatTexts } from './chat-texts.ts';
import { undelivered } from './conversation.ts';
import { Rating } from './rating.tsx';
import type { useConversation } from './use-conversation.ts';
import { useOnline } from './use-online.ts';
import { useOutbox } from './use-outbox.ts';

export interface ChatProps {
  readonly ticket: Ticket;
  readonly conversation: ReturnType<typeof useConversation>;
}

/** The live conversation of a ticket. */
export function Chat({ ticket, conversation: { messages, catchUp, readEarlier } }: ChatProps) {
  const t = useTexts(chatTexts);
  const navigate = useNavigate();
  const isOnline = useOnline();
  const isResolved = ticket.status === 'RESOLVED';
  const outbox = useOutbox(ticket.id, () => void catchUp().catch(() => undefined));
  const waiting = undelivered(outbox.outgoing, messages);
  const { keep, outgoing } = outbox;
  useEffect(() => {
    if (waiting.length !== outgoing.length) keep(waiting);
  }, [waiting, outgoing, keep]);

  // A message to a resolved ticket begins another one, which goes on from it.
  const next = ticket.nextTicket;
  const isMoving = next !== null && outgoing.some(({ messageId }) => messageId !== undefined);
  useEffect(() => {
    if (!isMoving || !next) return;
    keep([]);
    void navigate(`/support/${encodeURIComponent(next.id)}`);
  }, [isMoving, next, keep, navigate]);

  const end = useRef<HTMLDivElement>(null);
  const last = `${messages.at(-1)?.id}:${waiting.length}`;
  const shown = useRef(last);
  useEffect(() => {
    if (shown.current !== last) end.current?.scrollIntoView({ block: 'nearest' });
    shown.current = last;
  });
  return (
    <>
      <ChatHead ticket={ticket} />
      {readEarlier && (
        <Button kind="bare" onPress={() => void readEarlier().catch(() => undefined)}>
          {t('earlier')}
        </Button>
      )}
      <div className={styles['messages']} role="log" aria-label={t('messages')}>
        {messages.map((message) => (
          <ChatMessage key={message.id} message={message} isOwn={message.author?.id === ticket.customer?.id} />
        ))}
        {waiting.map((message) => (
          <OutgoingMessage
            key={message.key}
            message={message}
            isOnline={isOnline}
            onAgain={() => outbox.again(message.key)}
            onRemove={() => outbox.remove(message.key)}
          />
        ))}
        <div ref={end} />
      </div>
      {!isOnline && <Notice tone="warning">{t('offline')}</Notice>}
      {isResolved && <Rating ticketId={ticket.id} satisfaction={ticket.satisfaction} />}
      {next ? (
        <Notice>
          {t('continues')} <Link to={`/support/${encodeURIComponent(next.id)}`}>{next.subject}</Link>
        </Notice>
      ) : (
        <ChatForm ticketId={ticket.id} isResolved={isResolved} onSend={outbox.add} />
      )}
    </>
  );
}
