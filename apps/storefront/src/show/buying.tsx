import { ProblemNotice } from '@marquee/app-kit/ui';
import type { RefObject } from 'react';

import { BestForm } from './choose/best-form.tsx';
import { ChoicePanel } from './choose/choice-panel.tsx';
import { LostSeats, RefusalNotice } from './choose/refusal-notice.tsx';
import type { PlacedSeat } from './map/hall.ts';
import type { useSeatMap } from './map/use-seat-map.ts';
import styles from './show.module.css';
import type { BuyingState } from './use-buying.ts';
import type { ShowOnSale } from './use-show.ts';
import { Waitlist, useWaitlist } from './wait/waitlist.tsx';
import { WaitingRoom } from './wait/waiting-room.tsx';

export interface BuyingProps {
  readonly show: ShowOnSale;
  readonly map: ReturnType<typeof useSeatMap>;
  readonly buying: BuyingState;
  readonly free: number;
  readonly nameOf: (seat: PlacedSeat) => string;
  readonly bestRef: RefObject<HTMLDivElement | null>;
}

/** Beside the plan: the choice and its price, the best seats, the waiting room, the waitlist. */
export function Buying({ show, map, buying, free, nameOf, bestRef }: BuyingProps) {
  const { choice, holds, holding, admission, isAnonymous, lost, instead } = buying;
  const { entries, read } = useWaitlist(show.id);
  const lostProps = { lost, instead, nameOf, onTake: buying.take };
  const hasStanding = map.standingLeft.size > 0;
  const mayWait = free === 0 || entries.length > 0 || holding.refusal?.__typename === 'NotEnoughSeatsError';

  if (admission.mustWait && holds.length === 0)
    return (
      <aside className={styles['aside']}>
        <WaitingRoom show={show} admission={admission} />
      </aside>
    );
  return (
    <aside className={styles['aside']}>
      {holding.refusal ? (
        <RefusalNotice refusal={holding.refusal} titleId={show.title.id} {...lostProps} />
      ) : (
        lost.length > 0 && <LostSeats {...lostProps} />
      )}
      {holding.error !== undefined && <ProblemNotice error={holding.error} />}
      <ChoicePanel
        choice={choice}
        holds={holds}
        tiers={show.priceTiers}
        nameOf={nameOf}
        isPending={holding.isPending}
        isAnonymous={isAnonymous}
        onHold={() => void buying.hold()}
        onGiveUp={() => void buying.giveUp()}
        onEnd={buying.readHolds}
      />
      {free > 0 && (
        <div ref={bestRef}>
          <BestForm
            tiers={show.priceTiers}
            hasStanding={hasStanding}
            maximum={choice.maximum}
            wanted={buying.best}
            onChange={buying.setBest}
            isPending={holding.isPending}
            onFind={() => void buying.holdBest()}
          />
        </div>
      )}
      {mayWait && <Waitlist show={show} maximum={choice.maximum} entries={entries} onChange={read} />}
    </aside>
  );
}
