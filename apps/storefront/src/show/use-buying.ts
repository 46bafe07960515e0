import { useSessionState } from '@marquee/app-kit/api';
import { useTexts } from '@marquee/app-kit/text';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';

import { useMyHolds } from '../holds/use-my-holds.ts';
import { type BestWanted, useHolding } from './choose/use-holding.ts';
import { useChoice } from './choose/use-choice.ts';
import { refusalTexts } from './choose/texts.ts';
import { type PlacedSeat, replacementsFor } from './map/hall.ts';
import type { useSeatMap } from './map/use-seat-map.ts';
import { showTexts } from './texts.ts';
import type { ShowOnSale } from './use-show.ts';
import { useAdmission } from './wait/use-admission.ts';

/** Every step from a choice to a hold, with what each refusal leads to. */
export function useBuying(
  show: ShowOnSale,
  { store, hall, readAgain }: ReturnType<typeof useSeatMap>,
  nameOf: (seat: PlacedSeat) => string,
) {
  const t = useTexts(showTexts);
  const r = useTexts(refusalTexts);
  const navigate = useNavigate();
  const isAnonymous = useSessionState() === 'anonymous';
  const { holds: all, read, release } = useMyHolds();
  const holds = all.filter((hold) => hold.show.id === show.id);
  const admission = useAdmission(show.id, show.highDemand);
  const holding = useHolding(show.id, admission, {
    isSeat: (id) => store.isSeat(id),
    onStale: readAgain,
  });
  const choice = useChoice(show.id, store, hall, {
    holds,
    maximum: show.maxSeatsPerCustomer ?? 10,
    isBusy: holding.isPending,
  });
  const [said, say] = useState('');
  const [best, setBest] = useState<BestWanted>({ quantity: 2, tierId: null, accessible: false });

  const { refusal } = holding;
  const lost =
    refusal?.__typename === 'SeatUnavailableError'
      ? (hall?.seats.filter(({ id }) => refusal.seatIds.includes(id)) ?? [])
      : choice.lost;

  const goOn = (holdId: string | undefined): void => {
    if (holdId === undefined) return;
    sessionStorage.removeItem(`marquee.choice.${show.id}`);
    void navigate(`/checkout/${holdId}`);
  };
  const signIn = (): void => void navigate(`/sign-in?next=/shows/${show.id}`);
  const latest = useRef<(seat: PlacedSeat) => void>(() => {});
  useEffect(() => {
    latest.current = (seat) => {
      holding.clear();
      const problem = choice.toggle(seat);
      const text = problem === 'limit' ? r('limit', { maximum: choice.maximum }) : '';
      say(problem === 'taken' ? t('isTaken', { seat: nameOf(seat) }) : text);
    };
  });
  // The same function always, so that no seat is drawn again for it.
  const toggle = useCallback((seat: PlacedSeat) => latest.current(seat), []);

  return {
    ...{ choice, holds, holding, admission, said, isAnonymous, lost, toggle },
    instead: hall && lost.length > 0 ? replacementsFor(hall, lost, (id) => store.look(id) === 'free') : [],
    ...{ best, setBest },
    readHolds: read,
    take: (seats: readonly PlacedSeat[]): void => {
      holding.clear();
      const gone = new Set(lost.map(({ id }) => id));
      choice.replace([...[...store.wanted].filter((id) => !gone.has(id)), ...seats.map(({ id }) => id)]);
    },
    hold: async (): Promise<void> => {
      if (isAnonymous) return signIn();
      return goOn(await holding.hold([...store.wanted]));
    },
    holdBest: async (): Promise<void> => {
      if (isAnonymous) return signIn();
      return goOn(await holding.holdBest(best, [...store.mine]));
    },
    giveUp: async (): Promise<void> => {
      for (const { id } of holds) await release(id);
      choice.replace([]);
    },
  };
}

export type BuyingState = ReturnType<typeof useBuying>;
