import { useApolloClient } from '@apollo/client/react';
import { runIntent } from '@marquee/app-kit/api';
import { useState } from 'react';

import {
  HoldBestAvailableDocument,
  type HoldBestAvailableMutation,
  HoldSeatsDocument,
  type HoldSeatsMutation,
} from '../../generated/graphql.ts';
import { readMyHolds } from '../../holds/use-my-holds.ts';

type Outcome = HoldSeatsMutation['holdSeats'] | HoldBestAvailableMutation['holdBestAvailable'];

/** Why nothing was held, for the person. */
export type Refusal = Exclude<Outcome, { readonly __typename: 'HoldSeatsPayload' }>;

export interface BestWanted {
  readonly quantity: number;
  readonly tierId: string | null;
  readonly accessible: boolean;
}

export interface Holding {
  readonly isPending: boolean;
  readonly refusal: Refusal | undefined;
  readonly error: unknown;
  /** @returns the hold's id, undefined when it was refused */
  hold(seatIds: readonly string[]): Promise<string | undefined>;
  /** @param others seats that the person has already, which are joined with the new ones */
  holdBest(wanted: BestWanted, others: readonly string[]): Promise<string | undefined>;
  clear(): void;
}

/** The waiting room of the show: its token, and what to do when the token does not admit. */
interface Admission {
  readonly token: string | undefined;
  readonly require: () => void;
}

interface SeatsOfShow {
  /** Whether the plan has a seat with the id; a standing place is none. */
  readonly isSeat: (id: string) => boolean;
  /** Called when the map shows seats as free that are not. */
  readonly onStale: () => void;
}

/** Holds seats of a show. What is sent again after a lost answer is the same request. */
export function useHolding(showId: string, admission: Admission, { isSeat, onStale }: SeatsOfShow): Holding {
  const client = useApolloClient();
  const [isPending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const [error, setError] = useState<unknown>();
  const token = admission.token === undefined ? {} : { admissionToken: admission.token };

  const seats = (seatIds: readonly string[]): Promise<Outcome> =>
    runIntent(`hold:${showId}`, [...seatIds].toSorted(), async (idempotencyKey) => {
      const input = { showId, seatIds: [...seatIds], idempotencyKey, ...token };
      const { data } = await client.mutate({ mutation: HoldSeatsDocument, variables: { input } });
      return answerOf(data?.holdSeats);
    });
  const best = (wanted: BestWanted): Promise<Outcome> =>
    runIntent(`best:${showId}`, wanted, async (idempotencyKey) => {
      const input = { showId, idempotencyKey, ...wanted, ...token };
      const { data } = await client.mutate({ mutation: HoldBestAvailableDocument, variables: { input } });
      return answerOf(data?.holdBestAvailable);
    });

  const run = async (send: () => Promise<Outcome>): Promise<string | undefined> => {
    setPending(true);
    setRefusal(undefined);
    setError(undefined);
    try {
      const outcome = await send();
      if (outcome.__typename !== 'HoldSeatsPayload') {
        setRefusal(outcome);
        if (outcome.__typename === 'AdmissionRequiredError') admission.require();
        if (outcome.__typename === 'SeatUnavailableError') onStale();
        return undefined;
      }
      await readMyHolds(client);
      return outcome.hold.id;
    } catch (problem) {
      setError(problem);
      return undefined;
    } finally {
      setPending(false);
    }
  };

  return {
    ...{ isPending, refusal, error },
    hold: (seatIds) => run(() => seats(seatIds)),
    holdBest: (wanted, others) =>
      run(async () => {
        const outcome = await best(wanted);
        if (outcome.__typename !== 'HoldSeatsPayload') return outcome;
        const found = outcome.hold.seats.map(({ id }) => id);
        // One hold is one booking; standing places have no seats to join.
        const canJoin = others.length > 0 && found.every(isSeat) && others.length + found.length <= 10;
        return canJoin ? seats([...others, ...found]) : outcome;
      }),
    clear: () => {
      setRefusal(undefined);
      setError(undefined);
    },
  };
}

function answerOf<Answer>(answer: Answer | undefined): Answer {
  if (answer === undefined) throw new TypeError('The server gave no answer.');
  return answer;
}
