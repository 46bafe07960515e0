import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useRef, useState } from 'react';

import { endIntent } from './intent.ts';
import { problemOf } from './problem.ts';

/** The members of a mutation's union that are refusals: they say why. */
export interface Refusal {
  readonly __typename: string;
  readonly message: string;
}

type Payload<Data> = Exclude<Data[keyof Data], undefined | null>;
type Success<Data> = Exclude<Payload<Data>, Refusal>;
type Refused<Data> = Extract<Payload<Data>, Refusal>;

export interface Sending<Data, Variables> {
  /**
   * @param intent ends with an outcome, and stays where there was an error or a payment is pending
   * @returns the payload; undefined when it was refused or failed
   */
  send(
    variables: Variables,
    intent?: string,
    onRefusal?: (refusal: Refused<Data>) => void,
  ): Promise<Success<Data> | undefined>;
  readonly isPending: boolean;
  /** The answer of the server that a person can do something about. */
  readonly refusal: Refused<Data> | undefined;
  readonly problem: unknown;
  /** Forgets the refusal and the problem. */
  reset(): void;
}

/** Sends a mutation of one field, and tells its payload from its refusals and from errors. */
export function useSend<Data, Variables extends OperationVariables>(
  document: TypedDocumentNode<Data, Variables>,
): Sending<Data, Variables> {
  const client = useApolloClient();
  const [isPending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<Refused<Data>>();
  const [problem, setProblem] = useState<unknown>();
  const running = useRef(false);
  const reset = (): void => {
    setRefusal(undefined);
    setProblem(undefined);
  };
  const send: Sending<Data, Variables>['send'] = async (variables, intent, onRefusal) => {
    // A second press before the first is drawn.
    if (running.current) return undefined;
    running.current = true;
    reset();
    setPending(true);
    try {
      const { data } = await client.mutate({ mutation: document as TypedDocumentNode<Data>, variables });
      const payload = Object.values(data ?? {})[0] as Payload<Data> & { readonly __typename?: string };
      if (intent !== undefined && payload?.__typename !== 'PaymentPendingError') endIntent(intent);
      if (!isRefusal(payload)) return payload as Success<Data>;
      setRefusal(payload as Refused<Data>);
      onRefusal?.(payload as Refused<Data>);
    } catch (error) {
      // Any other error leaves open whether a former request with the key has taken effect.
      if (intent !== undefined && problemOf(error).code === 'IDEMPOTENCY_KEY_REUSED') endIntent(intent);
      setProblem(error);
    } finally {
      running.current = false;
      setPending(false);
    }
    return undefined;
  };
  return { send, isPending, refusal, problem, reset };
}

const isRefusal = (payload: unknown): boolean =>
  typeof payload === 'object' && payload !== null && 'message' in payload && '__typename' in payload;
