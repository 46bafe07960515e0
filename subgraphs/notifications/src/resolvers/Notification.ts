import { subjectOf } from '../domain/notice-subject.ts';
import { noticeText } from '../domain/messages/index.ts';
import type { Notification as Parent } from '../domain/notification.ts';
import type { Context } from '../context.ts';
import type { NotificationResolvers } from '../generated/resolvers.ts';

export const Notification: NotificationResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.notifications.load(id),
  title: async (notification, _args, context) => (await written(notification, context)).title,
  body: async (notification, _args, context) => (await written(notification, context)).body,
  about: (notification) => subjectOf(notification),
  booking: ({ bookingId }) => (bookingId === null ? null : { id: bookingId }),
};

/** The text in the recipient's language, whoever reads it. */
async function written({ userId, message, title, body }: Parent, { loaders }: Context) {
  if (message === null) return { title: title ?? '', body: body ?? '' };
  return noticeText(message, await loaders.locales.load(userId));
}
