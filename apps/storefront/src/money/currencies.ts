import { skipToken, useQuery } from '@apollo/client/react';
import { useLocale } from '@marquee/app-kit/text';

import { useCity } from '../city/city.ts';
import { MoneyCityDocument, type MoneyCityQuery } from '../generated/graphql.ts';

/** The currency and country of the city whose programme the person sees. */
export function useMoneyCity(): MoneyCityQuery['city'] | undefined {
  const { cityId } = useCity();
  const { data } = useQuery(MoneyCityDocument, cityId ? { variables: { id: cityId } } : skipToken);
  return data?.city;
}

/** The currency of the city whose programme the person sees. */
export const useCityCurrency = (): string | undefined => useMoneyCity()?.currency;

/** Names a currency in the page's language, such as “EUR, Euro”. */
export function useCurrencyName(): (code: string) => string {
  const { tag } = useLocale().locale;
  const names = new Intl.DisplayNames(tag, { type: 'currency', fallback: 'code' });
  return (code) => `${code}, ${names.of(code) ?? code}`;
}
