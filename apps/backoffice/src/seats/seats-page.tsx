import { useQuery } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Button, ButtonLink, Card, Empty, Notice, Page, ProblemNotice, Row, Skeleton, Soft } from '@marquee/app-kit/ui';
import { type ReactNode, useState } from 'react';
import { useParams } from 'react-router';

import { ShowDetailsDocument, ShowSeatsDocument } from '../generated/graphql.ts';
import { tierColor } from '../venues/tier-color.ts';
import { BlockDialog } from './block-dialog.tsx';
import { GiveDialog } from './give-dialog.tsx';
import { isFree, type Seat, SeatPicker } from './seat-picker.tsx';
import styles from './seats.module.css';
import { seatsTexts } from './texts.ts';
import { useUnblock } from './use-unblock.ts';

/** The most seats that are blocked, or put on sale again, at once. */
const MAX_BLOCKED = 500;
const MAX_GIVEN = 10;
const STATUSES = ['HELD', 'SOLD', 'BLOCKED'] as const;

export function Component() {
  const t = useTexts(seatsTexts);
  const formats = useFormats();
  const { showId = '' } = useParams();
  const show = useQuery(ShowDetailsDocument, { variables: { showId } }).data?.show;
  const { data, loading, error, refetch } = useQuery(ShowSeatsDocument, {
    variables: { showId },
    fetchPolicy: 'cache-and-network',
  });
  const map = data?.show?.seatMap;
  const sections = map?.sections ?? [];
  const tiers = [
    ...new Set(sections.flatMap(({ rows }) => rows.flatMap(({ seats }) => seats.map((seat) => seat.tier.name)))),
  ];
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [dialog, setDialog] = useState<'block' | 'give'>();
  const [news, setNews] = useState<{ readonly tone: 'good' | 'bad'; readonly text: ReactNode }>();
  const toggle = (seats: readonly Seat[]): void => {
    const areAll = seats.every(({ id }) => chosen.has(id));
    const next = new Set(chosen);
    for (const { id } of seats)
      if (areAll) next.delete(id);
      else next.add(id);
    setChosen(next);
  };
  const done = (text: ReactNode): void => {
    setNews({ tone: 'good', text });
    setChosen(new Set());
    setDialog(undefined);
    void refetch();
  };
  const stale = (): void => {
    setNews({ tone: 'bad', text: t('unavailable') });
    setDialog(undefined);
    void refetch();
  };
  const unblock = useUnblock(showId, done);
  // A seat that others have by now leaves the choice.
  const seats = sections
    .flatMap(({ rows }) => rows.flatMap((row) => row.seats))
    .filter((seat) => chosen.has(seat.id) && isFree(seat));
  const ids = seats.map(({ id }) => id);
  const areAll = (status: Seat['status']): boolean => seats.length > 0 && seats.every((seat) => seat.status === status);
  return (
    <Page
      title={show ? `${show.title.name}: ${t('title')}` : t('title')}
      actions={
        show && (
          <ButtonLink kind="quiet" href={`/schedule/shows/${showId}`}>
            {formats.time(show.startsAt, 'moment', show.venue.city.timeZone)}
          </ButtonLink>
        )
      }
    >
      {loading && !map && <Skeleton label={t('loading')} />}
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!loading && !error && !map && <Empty>{t('noMap')}</Empty>}
      {news && <Notice tone={news.tone}>{news.text}</Notice>}
      {unblock.problem !== undefined && <Notice tone="bad">{unblock.problem}</Notice>}
      {map && <Legend tiers={tiers} />}
      {sections.map((section) => (
        <Card key={section.name}>
          <h2>{section.name}</h2>
          <SeatPicker section={section} tiers={tiers} chosen={new Set(ids)} onToggle={toggle} />
        </Card>
      ))}
      {map && (
        <div className={styles['actions']}>
          <Row>
            <strong role="status">{t('chosen', { count: seats.length })}</strong>
            <Button isDisabled={!areAll('AVAILABLE') || seats.length > MAX_BLOCKED} onPress={() => setDialog('block')}>
              {t('block')}
            </Button>
            <Button
              kind="quiet"
              isDisabled={!areAll('BLOCKED') || seats.length > MAX_BLOCKED}
              isPending={unblock.isPending}
              onPress={() => unblock.send(ids)}
            >
              {t('unblock')}
            </Button>
            <Button
              kind="quiet"
              isDisabled={seats.length === 0 || seats.length > MAX_GIVEN}
              onPress={() => setDialog('give')}
            >
              {t('give')}
            </Button>
            {seats.length > 0 && (
              <Button kind="bare" onPress={() => setChosen(new Set())}>
                {t('clear')}
              </Button>
            )}
            {seats.length > MAX_GIVEN && (
              <Soft isSmall>{t('tooMany', { given: MAX_GIVEN, blocked: MAX_BLOCKED })}</Soft>
            )}
          </Row>
        </div>
      )}
      {dialog === 'block' && (
        <BlockDialog showId={showId} seatIds={ids} onClose={() => setDialog(undefined)} onDone={done} onStale={stale} />
      )}
      {dialog === 'give' && (
        <GiveDialog showId={showId} seatIds={ids} onClose={() => setDialog(undefined)} onDone={done} onStale={stale} />
      )}
    </Page>
  );
}

function Legend({ tiers }: { readonly tiers: readonly string[] }) {
  const t = useTexts(seatsTexts);
  return (
    <div className={styles['legend']}>
      {tiers.map((tier) => (
        <span key={tier}>
          <i className={styles['seat']} style={{ color: tierColor(tiers, tier) }} />
          {tier}
        </span>
      ))}
      {STATUSES.map((status) => (
        <span key={status}>
          <i className={styles['seat']} data-status={status} />
          {t(status)}
        </span>
      ))}
      <Soft isSmall>{t('mapHint')}</Soft>
    </div>
  );
}
