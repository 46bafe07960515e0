import { useMutation } from '@apollo/client/react';
import { problemOf } from '@marquee/app-kit/api';
import { useTexts } from '@marquee/app-kit/text';
import { useProblemText } from '@marquee/app-kit/ui';
import { useCallback, useEffect, useRef, useState } from 'react';

import { SendSupportMessageDocument } from '../generated/graphql.ts';
import { chatTexts } from './chat-texts.ts';
import type { Outgoing } from './conversation.ts';
import { readOutbox, writeOutbox } from './outbox.ts';

const AGAIN_MS = 3_000;
/** The server may have it already, or has it soon. */
const LATER = ['OFFLINE', 'SUBGRAPH_UNAVAILABLE', 'IDEMPOTENCY_IN_PROGRESS', 'RATE_LIMITED'];

/**
 * Sends the person's messages in order. Each keeps its key until the answer is known, through a lost connection and a
 * reload, so that it is sent once.
 *
 * @param onSent called when the server has a message
 */
export function useOutbox(ticketId: string, onSent: () => void) {
  const t = useTexts(chatTexts);
  const textOf = useProblemText();
  const [send] = useMutation(SendSupportMessageDocument);
  const [outgoing, setOutgoing] = useState(() => readOutbox(ticketId));
  const latest = useRef(outgoing);
  const change = useCallback(
    (next: readonly Outgoing[]): void => {
      latest.current = next;
      writeOutbox(ticketId, next);
      setOutgoing(next);
    },
    [ticketId],
  );
  const patch = (key: string, values: Partial<Outgoing>): void =>
    change(latest.current.map((each) => (each.key === key ? { ...each, ...values } : each)));

  const isSending = useRef(false);
  const flush = async (): Promise<void> => {
    if (isSending.current || !navigator.onLine) return;
    isSending.current = true;
    for (;;) {
      const next = latest.current.find(({ messageId, problem }) => messageId === undefined && problem === undefined);
      if (!next) break;
      const input = { ticketId, text: next.text, idempotencyKey: next.key };
      try {
        const { data } = await send({ variables: { input } });
        const result = data?.sendSupportMessage;
        if (result?.__typename === 'SendSupportMessagePayload') patch(next.key, { messageId: result.message.id });
        // Its outcome is known, so that another attempt is another message.
        else if (result) patch(next.key, { key: crypto.randomUUID(), problem: t(result.__typename) });
        else patch(next.key, { problem: t('notSent') });
        onSent();
      } catch (error) {
        if (LATER.includes(problemOf(error).code)) break;
        patch(next.key, { problem: textOf(error) });
      }
    }
    isSending.current = false;
  };
  const flushing = useRef(flush);
  useEffect(() => void (flushing.current = flush));
  useEffect(() => {
    const begin = (): void => void flushing.current();
    begin();
    const timer = setInterval(begin, AGAIN_MS);
    addEventListener('online', begin);
    return () => {
      clearInterval(timer);
      removeEventListener('online', begin);
    };
  }, []);

  return {
    outgoing,
    add: (text: string): void => {
      change([...latest.current, { key: crypto.randomUUID(), text, at: new Date().toISOString() }]);
      void flush();
    },
    again: (key: string): void => {
      change(latest.current.map((each) => (each.key === key ? unsent(each) : each)));
      void flush();
    },
    remove: (key: string): void => change(latest.current.filter((each) => each.key !== key)),
    keep: change,
  };
}

/** A message without what was wrong with it, to be sent once more. */
const unsent = ({ problem: _, ...message }: Outgoing): Outgoing => message;
