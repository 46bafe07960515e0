import { defineMessages } from '@marquee/messages';

/** Messages about offers. */
export const promotionMessages = defineMessages<'title' | 'body'>()({
  referralRewarded: {
    values: { amount: 'money', who: ['INVITER', 'INVITED'] },
    en: {
      title: '{amount} for your next booking',
      body: '{who, select, INVITER {Somebody whom you invited has been to a show. Thank you: {amount} is in your wallet.} other {Welcome. {amount} is in your wallet, because a friend invited you.}}',
    },
    de: {
      title: '{amount} für Ihre nächste Buchung',
      body: '{who, select, INVITER {Jemand, den Sie eingeladen haben, war in einer Vorstellung. Vielen Dank: {amount} wurden Ihrem Guthaben gutgeschrieben.} other {Willkommen. {amount} wurden Ihrem Guthaben gutgeschrieben, weil Sie eingeladen wurden.}}',
    },
    hi: {
      title: 'आपकी अगली बुकिंग के लिए {amount}',
      body: '{who, select, INVITER {जिन्हें आपने आमंत्रित किया था, वे एक शो देख आए हैं। धन्यवाद: {amount} आपके वॉलेट में हैं।} other {स्वागत है। एक मित्र के आमंत्रण पर {amount} आपके वॉलेट में हैं।}}',
    },
  },
});
