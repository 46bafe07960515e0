/** A show as people are reminded of it. */
export interface RemindedShow {
  readonly showId: string;
  readonly titleName: string;
  readonly venueName: string;
  readonly startsAt: Date;
  readonly timeZone: string;
}

/** A show whose holders of tickets are due to be reminded. */
export interface DueShowReminder extends RemindedShow {
  /** How long before the start they are reminded, one of {@link REMINDER_HOURS}. */
  readonly hours: number;
  /** How long it really is to the start. */
  readonly hoursLeft: number;
  /** The last person who was reminded; empty at first. */
  readonly after: string;
}

/** A change of a show; older versions are overtaken. */
export interface ShowChange {
  readonly showId: string;
  readonly version: number;
  readonly startsAt: Date;
}

/** How many hours before a show people are reminded, and how many before it that no longer helps. */
export const REMINDER_HOURS = [
  { hours: 24, uselessHours: 12 },
  { hours: 2, uselessHours: 0.25 },
] as const;

/** Whether it is too late for a reminder: the next one does better, or the show begins. */
export function isTooLate({ hours, hoursLeft }: Pick<DueShowReminder, 'hours' | 'hoursLeft'>): boolean {
  const rule = REMINDER_HOURS.find((each) => each.hours === Math.round(hours));
  return rule === undefined || hoursLeft < rule.uselessHours;
}
