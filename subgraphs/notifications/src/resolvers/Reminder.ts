import type { ReminderResolvers } from '../generated/resolvers.ts';

export const Reminder: ReminderResolvers = {
  title: ({ titleId }) => ({ id: titleId }),
  city: ({ cityId }) => ({ id: cityId }),
};
