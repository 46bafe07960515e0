import { useQuery } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { Notice, ProblemNotice, Skeleton } from '@marquee/app-kit/ui';

import { MoveTiersDocument } from '../../generated/graphql.ts';
import { Legend } from '../../show/map/legend.tsx';
import { SeatMap } from '../../show/map/seat-map.tsx';
import { useSeatMap } from '../../show/map/use-seat-map.ts';
import { showTexts } from '../../show/texts.ts';
import { useSeatNames } from '../seat-name.ts';
import type { MoveProps } from './move.ts';
import { MoveSummary } from './move-summary.tsx';
import { Suggestions } from './suggestions.tsx';
import { moveTexts } from './texts.ts';
import { useSeatChoice } from './use-seat-choice.ts';

/** The seats of another show, chosen from a list of the best or on the plan. */
export function SeatStep(props: MoveProps & { readonly showId: string }) {
  const { showId, count } = props;
  const t = useTexts(moveTexts);
  const words = useTexts(showTexts);
  const names = useSeatNames();
  const map = useSeatMap(showId);
  const { store, hall, sections = [] } = map;
  const { data, error } = useQuery(MoveTiersDocument, { variables: { showId } });
  const { seats, choose, toggle, begin } = useSeatChoice(showId, store, hall, count);
  const tiers = data?.show?.priceTiers ?? [];
  const problem = error ?? map.error;
  if (problem !== undefined) return <ProblemNotice error={problem} onRetry={() => void map.load()} />;
  if (map.isClosed) return <Notice tone="warning">{t('ShowClosedError')}</Notice>;
  if (!hall) return <Skeleton label={t('loadingSeats')} />;
  return (
    <>
      <Suggestions {...{ sections, store, count, tiers, seats }} onChoose={choose} onBegin={begin} />
      <h2>{t('onPlan')}</h2>
      <SeatMap
        {...{ hall, store, tiers }}
        stage={words(data?.show?.title.__typename === 'LiveEvent' ? 'stage' : 'screen')}
        standingLeft={map.standingLeft}
        onSeat={toggle}
        onFloor={() => undefined}
      />
      <Legend tiers={tiers} />
      <p role="status">
        {seats.length < count ? t('missing', { count: count - seats.length }) : t('chosen', { seats: names(seats) })}
      </p>
      {seats.length === count && <MoveSummary {...props} seats={seats} onTaken={() => void map.load()} />}
    </>
  );
}
