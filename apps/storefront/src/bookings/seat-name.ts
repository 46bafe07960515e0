import { defineTexts, useFormats, useTexts } from '@marquee/app-kit/text';

const texts = defineTexts({
  en: { seat: 'Row {row}, seat {number}', standing: 'Standing place {number}' },
  de: { seat: 'Reihe {row}, Platz {number}', standing: 'Stehplatz {number}' },
  hi: { seat: 'पंक्ति {row}, सीट {number}', standing: 'खड़े होने की जगह {number}' },
});

export interface NamedSeat {
  readonly row: string;
  readonly number: number;
  readonly standing?: boolean;
}

/** Names a seat, such as “Row C, seat 7”. */
export function useSeatName(): (seat: NamedSeat) => string {
  const t = useTexts(texts);
  return ({ row, number, standing }) =>
    standing || row === '' ? t('standing', { number }) : t('seat', { row, number: String(number) });
}

/** Names several seats in a row of text. */
export function useSeatNames(): (seats: readonly NamedSeat[]) => string {
  const name = useSeatName();
  const { list } = useFormats();
  return (seats) => list(seats.map(name));
}
