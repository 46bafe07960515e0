import { defineMessages } from '@marquee/messages';

const SHOW = { titleName: 'text', venueName: 'text', starts: 'moment' } as const;

/** Messages that remind people of shows. */
export const reminderMessages = defineMessages<'title' | 'body'>()({
  showTomorrow: {
    values: SHOW,
    en: {
      title: 'Coming up: {titleName}',
      body: '{titleName} at {venueName} starts on {starts}. Your tickets are in the app.',
    },
    de: {
      title: 'Bald ist es so weit: {titleName}',
      body: '{titleName}, {venueName}, beginnt am {starts}. Ihre Tickets finden Sie in der App.',
    },
    hi: {
      title: 'जल्द आ रहा है: {titleName}',
      body: '{titleName}, {venueName} {starts} शुरू होगा। आपके टिकट ऐप में हैं।',
    },
  },
  showSoon: {
    values: SHOW,
    en: {
      title: 'Starting soon: {titleName}',
      body: '{titleName} at {venueName} starts on {starts}. Have the code of your ticket ready at the entrance.',
    },
    de: {
      title: 'Beginnt bald: {titleName}',
      body: '{titleName}, {venueName}, beginnt am {starts}. Halten Sie am Einlass den Code Ihres Tickets bereit.',
    },
    hi: {
      title: 'थोड़ी देर में शुरू: {titleName}',
      body: '{titleName}, {venueName} {starts} शुरू होगा। प्रवेश द्वार पर अपने टिकट का कोड तैयार रखें।',
    },
  },
  showsFound: {
    values: { ...SHOW, salesOpen: 'moment?' },
    en: {
      title: 'Shows of {titleName} are here',
      body: 'You asked to be reminded of {titleName}. The first show is at {venueName}, {starts}.{salesOpenGiven, select, yes { Sales open on {salesOpen}.} other { Tickets are on sale.}}',
    },
    de: {
      title: 'Vorstellungen von {titleName} sind da',
      body: 'Sie wollten an {titleName} erinnert werden. Die erste Vorstellung: {venueName}, {starts}.{salesOpenGiven, select, yes { Der Vorverkauf beginnt am {salesOpen}.} other { Tickets sind erhältlich.}}',
    },
    hi: {
      title: '{titleName} के शो आ गए हैं',
      body: 'आपने {titleName} की याद दिलाने के लिए कहा था। पहला शो: {venueName}, {starts}।{salesOpenGiven, select, yes { टिकट बिक्री {salesOpen} से शुरू होगी।} other { टिकट बिक रहे हैं।}}',
    },
  },
});
