import { defineTexts, useFormats, useTexts } from '@marquee/app-kit/text';
import { useCallback } from 'react';

const texts = defineTexts({
  en: {
    until: '{percent} back until {time} before the start',
    hours: '{count, plural, one {# hour} other {# hours}}',
    days: '{count, plural, one {# day} other {# days}}',
    given: '{steps}, nothing after that.',
    never: 'Tickets cannot be given back.',
  },
  de: {
    until: '{percent} zurück bis {time} vor Beginn',
    hours: '{count, plural, one {# Stunde} other {# Stunden}}',
    days: '{count, plural, one {# Tag} other {# Tage}}',
    given: '{steps}, danach nichts.',
    never: 'Tickets können nicht zurückgegeben werden.',
  },
  hi: {
    until: 'शुरू होने से {time} पहले तक {percent} वापस',
    hours: '{count, plural, one {# घंटा} other {# घंटे}}',
    days: '{count, plural, one {# दिन} other {# दिन}}',
    given: '{steps}, उसके बाद कुछ नहीं।',
    never: 'टिकट वापस नहीं किए जा सकते।',
  },
});

interface Step {
  readonly hoursBefore: number;
  readonly refundPercent: number;
}

/** The refund of cancelling and until when, in the page's language. */
export function usePolicyText(): (tiers: readonly Step[]) => string {
  const t = useTexts(texts);
  const { list, percent } = useFormats();
  return useCallback(
    (tiers) => {
      const given = tiers.filter(({ refundPercent }) => refundPercent > 0);
      if (given.length === 0) return t('never');
      const timeOf = (hours: number): string =>
        hours > 24 && hours % 24 === 0 ? t('days', { count: hours / 24 }) : t('hours', { count: hours });
      const steps = given.map(({ hoursBefore, refundPercent }) =>
        t('until', { percent: percent(refundPercent), time: timeOf(hoursBefore) }),
      );
      return t('given', { steps: list(steps) });
    },
    [t, list, percent],
  );
}
