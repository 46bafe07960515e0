import { useMutation } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { useAction } from '@marquee/app-kit/ui';

import { UnblockSeatsDocument } from '../generated/graphql.ts';
import { seatsTexts } from './texts.ts';

/** Puts blocked seats on sale again. */
export function useUnblock(showId: string, onDone: (text: string) => void) {
  const t = useTexts(seatsTexts);
  const [unblock] = useMutation(UnblockSeatsDocument);
  const { run, isPending, problem } = useAction();
  const send = (seatIds: readonly string[]): void =>
    void run(async () => {
      const { data } = await unblock({ variables: { showId, seatIds: [...seatIds] } });
      const result = data?.unblockSeats;
      if (result?.__typename !== 'UnblockSeatsPayload') return t('closed');
      onDone(t('unblocked', { count: result.seats.length }));
      return undefined;
    });
  return { send, isPending, problem };
}
