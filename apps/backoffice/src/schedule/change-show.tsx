import { useMutation } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { Button, Card, Checkbox, Notice, ProblemNotice, Row, Select, Soft, TextField } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { Fields } from '../forms/grid.tsx';
import { useForm } from '../forms/use-form.ts';
import { UpdateShowDocument } from '../generated/graphql.ts';
import { clockOf, clocksOf, dayOf, momentOf } from '../time/dates.ts';
import { useVenues } from '../venues/use-venues.ts';
import { ConflictNotice } from './conflict-notice.tsx';
import { PriceFields } from './price-fields.tsx';
import { priceText, type PriceDraft } from './prices.ts';
import styles from './schedule.module.css';
import type { Show } from './show.ts';
import { showChanges, type ShowFields } from './show-changes.ts';
import { scheduleTexts } from './texts.ts';

/** Moves a show, or changes its screen and prices. */
export function ChangeShow({ show }: { readonly show: Show }) {
  const t = useTexts(scheduleTexts);
  const { timeZone, currency } = show.venue.city;
  const { venues } = useVenues();
  const screens = venues.find(({ id }) => id === show.venue.id)?.screens ?? [show.screen];
  const [update, { loading, error, data }] = useMutation(UpdateShowDocument, { refetchQueries: ['ShowDetails'] });
  // As the person saw it, and not as it is by now.
  const [before, setBefore] = useState(() => fieldsOf(show));
  const [prices, setPrices] = useState(before.prices);
  const { values, set, field, form } = useForm(
    {
      date: dayOf(show.startsAt, timeZone),
      time: clockOf(show.startsAt, timeZone),
      screenId: show.screen.id,
      highDemand: show.highDemand,
    },
    ({ date, time }) => ({
      ...(date === '' && { date: t('needDate') }),
      ...(clocksOf(time)?.length !== 1 && { time: t('needTime') }),
    }),
  );
  const send = async ({ date, time, screenId, highDemand }: typeof values): Promise<void> => {
    const now = { startsAt: momentOf(date, clocksOf(time)?.[0] ?? '', timeZone), screenId, prices, highDemand };
    const changes = showChanges(before, now, currency);
    if (!changes) return;
    const answer = await update({ variables: { input: { showId: show.id, ...changes } } }).catch(() => undefined);
    if (answer?.data?.updateShow?.__typename === 'UpdateShowPayload') setBefore(now);
  };
  const result = data?.updateShow;
  return (
    <Card>
      <h2>{t('change')}</h2>
      <Soft>{t('changeHint')}</Soft>
      <form className={styles['form']} {...form((sent) => void send(sent))}>
        <Fields>
          <TextField label={t('date')} type="date" {...field('date')} />
          <TextField label={t('time')} type="time" {...field('time')} />
          <Select
            label={t('screen')}
            value={values.screenId}
            choices={screens.map(({ id, name }) => ({ id, text: name }))}
            onChange={(id) => set('screenId', id)}
          />
        </Fields>
        <Soft isSmall>{t('screenHint')}</Soft>
        <PriceFields prices={prices} currency={currency} isChecked onChange={setPrices} />
        <Checkbox isSelected={values.highDemand} onChange={(isSelected) => set('highDemand', isSelected)}>
          {t('highDemand')}
        </Checkbox>
        {error && <ProblemNotice error={error} />}
        {result?.__typename === 'UpdateShowPayload' && (
          <Notice tone="good">{t('moved', { count: result.affectedBookings })}</Notice>
        )}
        {result?.__typename === 'ScreenConflictError' && (
          <ConflictNotice show={result.conflictingShow} timeZone={timeZone} />
        )}
        {result?.__typename === 'ShowNotUpcomingError' && <Notice tone="bad">{t('over')}</Notice>}
        <Row>
          <Button type="submit" isPending={loading}>
            {t('save')}
          </Button>
        </Row>
      </form>
    </Card>
  );
}

function fieldsOf({ startsAt, screen, highDemand, priceTiers }: Show): ShowFields {
  const prices = priceTiers.map(({ name, price }): PriceDraft => ({ tierName: name, price: priceText(price) }));
  return { startsAt, screenId: screen.id, prices, highDemand };
}
