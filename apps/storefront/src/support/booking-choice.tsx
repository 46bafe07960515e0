import { useQuery } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Select } from '@marquee/app-kit/ui';

import { BookingsToAskAboutDocument } from '../generated/graphql.ts';
import { askTexts } from './ask-texts.ts';

const NONE = 'none';
const MAX_BOOKINGS = 50;

export interface BookingChoiceProps {
  readonly bookingId: string | null;
  readonly onChange: (id: string | null) => void;
}

/** The booking that a question is about. */
export function BookingChoice({ bookingId, onChange }: BookingChoiceProps) {
  const t = useTexts(askTexts);
  const formats = useFormats();
  const { data } = useQuery(BookingsToAskAboutDocument, { variables: { first: MAX_BOOKINGS } });
  const bookings = data?.viewer?.bookings?.edges.map(({ node }) => node) ?? [];
  const known = bookings.map(({ id, show }) => ({
    id,
    text: show
      ? [show.title?.name, formats.time(show.startsAt, 'moment', show.venue.city.timeZone), show.venue.name]
          .filter(Boolean)
          .join(', ')
      : id,
  }));
  const isUnknown = bookingId !== null && !known.some(({ id }) => id === bookingId);
  const choices = [
    { id: NONE, text: t('noBooking') },
    ...(isUnknown ? [{ id: bookingId, text: t('thisBooking') }] : []),
    ...known,
  ];
  return (
    <Select
      label={t('booking')}
      value={bookingId ?? NONE}
      choices={choices}
      onChange={(id) => onChange(id === NONE ? null : id)}
    />
  );
}
