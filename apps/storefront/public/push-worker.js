/** Shows push messages, and leads to what they are about. It keeps nothing and answers no requests of pages. */

/** The pages of the things that notifications are about. */
const PAGES = {
  BOOKING: '/bookings/',
  SHOW: '/shows/',
  TITLE: '/titles/',
  SUPPORT_TICKET: '/support/',
  SUPPORT_CASE: '/backoffice/desk/',
};
const FIXED_PAGES = { MEMBERSHIP: '/membership', RECURRING_PAYMENT: '/recurring' };

const pathOf = ({ about, bookingId }) => {
  if (about && FIXED_PAGES[about.type]) return FIXED_PAGES[about.type];
  if (about && PAGES[about.type]) return PAGES[about.type] + encodeURIComponent(about.id);
  return bookingId ? `/bookings/${encodeURIComponent(bookingId)}` : '/notifications';
};

const isBackoffice = (url) => new URL(url).pathname.startsWith('/backoffice');

self.addEventListener('push', (event) => {
  if (!event.data) return;
  const message = event.data.json();
  const options = { body: message.body, tag: message.id, data: { path: pathOf(message) } };
  event.waitUntil(self.registration.showNotification(message.title, options));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const url = new URL(event.notification.data.path, self.location.origin).href;
  const open = async () => {
    const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
    // A page of the back office may have something unsent in it.
    const isOwn = ({ url: at }) => !isBackoffice(at) && !isBackoffice(url);
    const one = windows.find((each) => each.url === url) ?? windows.find(isOwn);
    if (!one) return self.clients.openWindow(url);
    await one.focus();
    if (one.url === url) return one;
    return one.navigate ? one.navigate(url).catch(() => self.clients.openWindow(url)) : self.clients.openWindow(url);
  };
  event.waitUntil(open());
});
