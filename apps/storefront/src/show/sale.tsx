import { useTexts } from '@marquee/app-kit/text';
import { serverNow } from '@marquee/app-kit/api';
import { Notice, ProblemNotice, Skeleton, Soft } from '@marquee/app-kit/ui';
import { useEffect, useRef, useSyncExternalStore } from 'react';

import { usePolicyText } from '../policy/use-policy-text.ts';
import { useTrack } from '../tracking/index.ts';
import { Legend } from './map/legend.tsx';
import { SeatMap } from './map/seat-map.tsx';
import { useLabels } from './map/use-labels.ts';
import { useSeatMap } from './map/use-seat-map.ts';
import { SeatList } from './list/seat-list.tsx';
import { Buying } from './buying.tsx';
import { useClosedText } from './show-head.tsx';
import styles from './show.module.css';
import { showTexts } from './texts.ts';
import { useBuying } from './use-buying.ts';
import type { ShowOnSale } from './use-show.ts';
import { ViewSwitch, useView } from './view-switch.tsx';

export interface SaleProps {
  readonly show: ShowOnSale;
  readonly onShowChange: () => void;
}

/** The seats of a show, as a plan or a list, and what is chosen of them. */
export function Sale({ show, onShowChange }: SaleProps) {
  useOpening(show, onShowChange);
  const t = useTexts(showTexts);
  const map = useSeatMap(show.id);
  const { store, hall, standingLeft, isClosed, error } = map;
  const { labelOf, nameOf } = useLabels(show.priceTiers);
  const buying = useBuying(show, map, nameOf);
  const [view, setView] = useView();
  const bestRef = useRef<HTMLDivElement>(null);
  const free = useSyncExternalStore(store.subscribe, () => store.countFree());
  const policyText = usePolicyText();
  useTrack('show_view', { showId: show.id });
  useTrack('seat_map_view', { showId: show.id });
  const closed = useClosedText(show);
  // Those who come before sales open wait together.
  const isOpen = closed === undefined || (show.status === 'SCHEDULED' && show.highDemand);
  const standing = [...standingLeft.values()].reduce((sum, left) => sum + left, 0);
  const isMovie = show.title.__typename === 'Movie';

  const showStanding = (): void => {
    const standingSection = map.sections?.find(({ standingCapacity }) => standingCapacity !== null);
    buying.setBest({ ...buying.best, tierId: standingSection?.tier.id ?? null });
    bestRef.current?.scrollIntoView({ block: 'nearest' });
    bestRef.current?.querySelector('button')?.focus();
  };
  if (isClosed) return <Notice>{closed ?? t('notOnSale')}</Notice>;
  return (
    <div className={styles['sale']}>
      <div className={styles['seats']}>
        {closed !== undefined && <Notice tone="warning">{closed}</Notice>}
        {error !== undefined && <ProblemNotice error={error} onRetry={() => void map.load()} />}
        <div className={styles['bar']}>
          <strong>{hall && t('places', { count: free + standing })}</strong>
          <span role="status" className={styles['said']}>
            {buying.said}
          </span>
          <ViewSwitch view={view} onChange={setView} />
        </div>
        {!hall && error === undefined && (
          <div className={styles['wait']}>
            <Skeleton label={t('loading')} />
          </div>
        )}
        {hall && view === 'map' && (
          <SeatMap
            hall={hall}
            store={store}
            tiers={show.priceTiers}
            stage={t(isMovie ? 'screen' : 'stage')}
            standingLeft={standingLeft}
            onSeat={buying.toggle}
            onFloor={showStanding}
          />
        )}
        {hall && view === 'list' && (
          <SeatList hall={hall} store={store} labelOf={labelOf} standingLeft={standingLeft} onSeat={buying.toggle} />
        )}
        <Legend tiers={show.priceTiers} />
        <Soft isSmall>
          {t('policy')}: {policyText(show.cancellationPolicy.tiers)}
        </Soft>
      </div>
      {isOpen && hall && (
        <Buying show={show} map={map} buying={buying} free={free + standing} nameOf={nameOf} bestRef={bestRef} />
      )}
    </div>
  );
}

/** Reads the show again when its sales open. */
function useOpening({ status, salesOpenAt }: ShowOnSale, onShowChange: () => void): void {
  const latest = useRef(onShowChange);
  useEffect(() => void (latest.current = onShowChange));
  useEffect(() => {
    if (status !== 'SCHEDULED') return undefined;
    const left = Math.max(0, Date.parse(salesOpenAt) - serverNow());
    // A timer of a browser cannot wait for longer than 24 days.
    const timer = setTimeout(() => latest.current(), Math.min(left + 1_500, 2_000_000_000));
    return () => clearTimeout(timer);
  }, [status, salesOpenAt]);
}
