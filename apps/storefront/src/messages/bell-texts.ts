import { defineTexts } from '@marquee/app-kit/text';

export const bellTexts = defineTexts({
  en: {
    notifications: '{count, plural, =0 {Notifications} one {Notifications, # unread} other {Notifications, # unread}}',
  },
  de: {
    notifications:
      '{count, plural, =0 {Mitteilungen} one {Mitteilungen, # ungelesene} other {Mitteilungen, # ungelesene}}',
  },
  hi: { notifications: '{count, plural, =0 {सूचनाएँ} one {सूचनाएँ, # अपठित} other {सूचनाएँ, # अपठित}}' },
});
