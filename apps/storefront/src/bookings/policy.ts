import { defineTexts, useFormats, useTexts } from '@marquee/app-kit/text';

const texts = defineTexts({
  en: {
    hours: '{percent} back until {count, plural, one {# hour} other {# hours}} before the start',
    days: '{percent} back until {count, plural, one {# day} other {# days}} before the start',
    none: 'Tickets cannot be returned.',
    after: '{steps}; nothing after that.',
  },
  de: {
    hours: '{percent} zurück bis {count, plural, one {# Stunde} other {# Stunden}} vor Beginn',
    days: '{percent} zurück bis {count, plural, one {# Tag} other {# Tage}} vor Beginn',
    none: 'Tickets können nicht zurückgegeben werden.',
    after: '{steps}; danach nichts.',
  },
  hi: {
    hours: 'शुरू होने से {count, plural, one {# घंटे} other {# घंटे}} पहले तक {percent} वापस',
    days: 'शुरू होने से {count, plural, one {# दिन} other {# दिन}} पहले तक {percent} वापस',
    none: 'टिकट वापस नहीं हो सकते।',
    after: '{steps}; उसके बाद कुछ नहीं।',
  },
});

interface Tier {
  readonly hoursBefore: number;
  readonly refundPercent: number;
}

/** Says in the page's language what cancelling gives back, and until when. */
export function usePolicyText(): (tiers: readonly Tier[]) => string {
  const t = useTexts(texts);
  const { list, percent } = useFormats();
  return (tiers) => {
    if (tiers.length === 0) return t('none');
    const steps = tiers.map(({ hoursBefore, refundPercent }) => {
      const inDays = hoursBefore >= 48 && hoursBefore % 24 === 0;
      const count = inDays ? hoursBefore / 24 : hoursBefore;
      return t(inDays ? 'days' : 'hours', { count, percent: percent(refundPercent) });
    });
    return t('after', { steps: list(steps) });
  };
}
