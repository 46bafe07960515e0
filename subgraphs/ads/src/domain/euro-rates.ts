/** The value of a currency's units in euros. It puts bids in order and sets the lowest; it converts no money. */
export type EuroRates = ReadonlyMap<string, number>;

/** Reads rates such as `EUR=1,GBP=1.16`; null when they are not. */
export function parseRates(text: string): EuroRates | null {
  const pairs = text.split(',').map((pair) => /^\s*([A-Z]{3})=(\d+(?:\.\d+)?)\s*$/.exec(pair));
  const rates = new Map(pairs.flatMap((pair) => (pair ? [[pair[1] ?? '', Number(pair[2])] as const] : [])));
  const areRates = rates.size === pairs.length && [...rates.values()].every((rate) => rate > 0);
  return areRates ? rates : null;
}

/** The worth of a currency's minor unit, in euro cents; null for a currency without a rate. */
export function centsPerMinorUnit(currency: string, rates: EuroRates): number | null {
  const rate = rates.get(currency);
  if (rate === undefined) return null;
  const { maximumFractionDigits: digits = 2 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  return (rate * 100) / 10 ** digits;
}
