import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useContext, useEffect, useRef } from 'react';

import { ApiContext } from './context.ts';

export interface LiveOptions<Data> {
  /** Called with each event. */
  readonly onEvent: (data: Data) => void;
  /** Called when events may have been missed: read the state again. */
  readonly onGap: () => void;
  readonly skip?: boolean;
}

/** Subscribes while the component is shown. It begins anew when the server ends it, and says when events may be missing. */
export function useLive<Data, Variables extends OperationVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  { onEvent, onGap, skip = false }: LiveOptions<Data>,
): void {
  const client = useApolloClient();
  const { socket } = useContext(ApiContext);
  const latest = useRef({ onEvent, onGap });
  useEffect(() => void (latest.current = { onEvent, onGap }));
  const key = JSON.stringify(variables);
  useEffect(() => {
    if (skip) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let ended = () => {};
    const begin = (): void => {
      const again = (): void => {
        ended();
        clearTimeout(timer);
        // Other clients were ended too.
        timer = setTimeout(
          () => {
            // In this order: what is read then is not older than the first event.
            begin();
            latest.current.onGap();
          },
          1_000 + Math.random() * 9_000,
        );
      };
      const running = client
        .subscribe({ query: document, variables: JSON.parse(key) as Variables, fetchPolicy: 'network-only' })
        .subscribe({
          next: ({ data, error, extensions }) => {
            if (extensions?.['gap'] !== undefined) latest.current.onGap();
            if (data) latest.current.onEvent(data as Data);
            else if (error) again();
          },
          error: again,
        });
      ended = () => running.unsubscribe();
    };
    begin();
    const stopListening = socket.onReconnect(() => latest.current.onGap());
    return () => {
      clearTimeout(timer);
      stopListening();
      ended();
    };
  }, [client, document, key, skip, socket]);
}
