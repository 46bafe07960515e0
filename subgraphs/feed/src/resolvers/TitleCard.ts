import { feedMessages } from '../domain/messages.ts';
import type { TitleCardResolvers } from '../generated/resolvers.ts';

export const TitleCard: TitleCardResolvers = {
  reason: ({ reason, locale }) => feedMessages.write(reason, locale).text,
  title: ({ titleId }) => ({ id: titleId }),
  nextShow: ({ showId }) => ({ id: showId }),
};
