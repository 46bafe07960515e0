import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Button, ButtonLink, Notice, Page, ProblemNotice, Row, Skeleton } from '@marquee/app-kit/ui';
import { useLocation, useSearchParams } from 'react-router';

import { addDays, weekOf } from '../time/dates.ts';
import { useToday } from '../time/use-today.ts';
import type { MyVenue } from '../venues/use-venues.ts';
import { VenueGate, VenueSelect } from '../venues/venue-gate.tsx';
import { Calendar } from './calendar.tsx';
import { planTexts } from './plan-texts.ts';
import { scheduleTexts } from './texts.ts';
import { useSchedule } from './use-schedule.ts';
import { DAYS_OF_WEEK } from './week.ts';

export function Component() {
  const t = useTexts(scheduleTexts);
  const words = useTexts(planTexts);
  const created = (useLocation().state as { created?: number } | null)?.created;
  return (
    <Page title={t('title')} actions={<ButtonLink href="/schedule/new">{t('plan')}</ButtonLink>}>
      {created !== undefined && <Notice tone="good">{words('created', { count: created })}</Notice>}
      <VenueGate>{(venue) => <Week key={venue.id} venue={venue} />}</VenueGate>
    </Page>
  );
}

function Week({ venue }: { readonly venue: MyVenue }) {
  const t = useTexts(scheduleTexts);
  const formats = useFormats();
  const [search, setSearch] = useSearchParams();
  const today = useToday(venue.city.timeZone);
  const from = weekOf(search.get('week') ?? today);
  const to = addDays(from, DAYS_OF_WEEK - 1);
  const { shows, isLoading, error, refetch } = useSchedule(venue.id, from, to);
  const show = (week: string): void => setSearch({ week }, { replace: true });
  return (
    <>
      <Row>
        <VenueSelect />
        <Row>
          <Button kind="quiet" aria-label={t('previous')} onPress={() => show(addDays(from, -DAYS_OF_WEEK))}>
            ←
          </Button>
          <Button kind="quiet" onPress={() => show(weekOf(today))}>
            {t('thisWeek')}
          </Button>
          <Button kind="quiet" aria-label={t('next')} onPress={() => show(addDays(from, DAYS_OF_WEEK))}>
            →
          </Button>
        </Row>
        <h2 aria-live="polite">{t('week', { from: formats.day(from), to: formats.day(to, 'date') })}</h2>
      </Row>
      {error && <ProblemNotice error={error} onRetry={refetch} />}
      {isLoading ? (
        <Skeleton label={t('loading')} />
      ) : (
        <Calendar venue={venue} from={from} today={today} shows={shows} />
      )}
    </>
  );
}
