import { useApolloClient, useQuery } from '@apollo/client/react';
import { useLive } from '@marquee/app-kit/api';
import { useCallback, useEffect, useRef, useState } from 'react';

import { SupportConversationChangedDocument, SupportConversationDocument } from '../generated/graphql.ts';
import { hasGap, lastComplete, merged, type Message } from './conversation.ts';

const PAGE_SIZE = 50;
const MAX_PAGE = 100;

/** A ticket with its messages, which come as they are written; what was missed is read again. */
export function useConversation(id: string) {
  const client = useApolloClient();
  const { data, error, refetch } = useQuery(SupportConversationDocument, {
    variables: { id, last: PAGE_SIZE, after: null, before: null },
    fetchPolicy: 'network-only',
  });
  const ticket = data?.supportTicket;
  const [messages, setMessages] = useState<readonly Message[]>([]);
  const latest = useRef(messages);
  const add = useCallback((arrived: readonly Message[]): void => {
    latest.current = merged(latest.current, arrived);
    setMessages(latest.current);
  }, []);
  useEffect(() => add(ticket?.messages ?? []), [ticket, add]);

  const read = useCallback(
    async (range: { readonly after: number | null; readonly before: number | null }): Promise<void> => {
      const answer = await client.query({
        query: SupportConversationDocument,
        variables: { id, last: MAX_PAGE, ...range },
        fetchPolicy: 'no-cache',
      });
      add(answer.data?.supportTicket?.messages ?? []);
    },
    [client, id, add],
  );
  /** Reads the ticket and what came after the last message that has all before it. */
  const catchUp = useCallback(async (): Promise<void> => {
    await read({ after: lastComplete(latest.current), before: null });
    // More than a page was missed: the rest lies before what came.
    while (hasGap(latest.current)) {
      const known = lastComplete(latest.current);
      const next = latest.current.find(({ sequence }) => sequence > known)?.sequence ?? known;
      await read({ after: known, before: next });
      if (lastComplete(latest.current) === known) break;
    }
    await refetch();
  }, [read, refetch]);

  const isLoaded = ticket !== undefined && ticket !== null;
  const [from, setFrom] = useState<number>();
  if (isLoaded && from === undefined) setFrom(ticket.messageCount);
  useLive(
    SupportConversationChangedDocument,
    { ticketId: id, after: from ?? null },
    {
      skip: from === undefined,
      onEvent: ({ supportTicketChanged: { message } }) => {
        if (message) add([message]);
        if (hasGap(latest.current)) void catchUp().catch(() => undefined);
      },
      onGap: () => void catchUp().catch(() => undefined),
    },
  );
  const first = messages[0]?.sequence ?? 1;
  return {
    ticket,
    messages,
    error,
    isMissing: data !== undefined && ticket === null && !error,
    refetch,
    catchUp,
    readEarlier: first > 1 ? () => read({ after: null, before: first }) : undefined,
  };
}
