import { useState } from 'react';

import { dayOf } from './dates.ts';

/** The day when the component was first shown, by the clocks of a time zone. */
export function useToday(timeZone: string): string {
  const [now] = useState(() => new Date());
  return dayOf(now, timeZone);
}
