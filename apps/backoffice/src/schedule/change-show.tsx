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
import { priceText, type PriceDraft, tierPrices } from './prices.ts';
import styles from './schedule.module.css';
import type { Show } from './show.ts';
import { scheduleTexts } from './texts.ts';

/** Moves a show, or changes its screen and prices. */
export function ChangeShow({ show }: { readonly show: Show }) {
  const t = useTexts(scheduleTexts);
  const { timeZone, currency } = show.venue.city;
  const { venues } = useVenues();
  const screens = venues.find(({ id }) => id === show.venue.id)?.screens ?? [show.screen];
  const [update, { loading, error, data }] = useMutation(UpdateShowDocument, { refetchQueries: ['ShowDetails'] });
  const [prices, setPrices] = useState<readonly PriceDraft[]>(() => pricesOf(show));
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
  const send = ({ date, time, screenId, highDemand }: typeof values): void => {
    const startsAt = momentOf(date, clocksOf(time)?.[0] ?? '', timeZone);
    const isSame = (next: readonly PriceDraft[]): boolean => JSON.stringify(next) === JSON.stringify(pricesOf(show));
    const input = {
      showId: show.id,
      ...(new Date(startsAt).getTime() !== new Date(show.startsAt).getTime() && { startsAt }),
      ...(screenId !== show.screen.id && { screenId }),
      ...(!isSame(prices) && { tierPrices: tierPrices(prices, currency) ?? [] }),
      ...(highDemand !== show.highDemand && { highDemand }),
    };
    void update({ variables: { input } }).catch(() => undefined);
  };
  const result = data?.updateShow;
  return (
    <Card>
      <h2>{t('change')}</h2>
      <Soft>{t('changeHint')}</Soft>
      <form className={styles['form']} {...form(send)}>
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
        <PriceFields prices={prices} currency={currency} isChecked areTiersKnown onChange={setPrices} />
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

function pricesOf(show: Show): readonly PriceDraft[] {
  return show.priceTiers.map(({ name, price }) => ({ tierName: name, price: priceText(price) }));
}
