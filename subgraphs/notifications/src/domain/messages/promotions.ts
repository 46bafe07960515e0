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
  referralReversed: {
    values: { amount: 'money' },
    en: {
      title: 'A reward of {amount} was taken back',
      body: 'The booking for which you got {amount} was refunded or did not follow the rules of our referrals. Contact support if you think that this is a mistake.',
    },
    de: {
      title: 'Eine Prämie von {amount} wurde zurückgenommen',
      body: 'Die Buchung, für die Sie {amount} erhalten haben, wurde erstattet oder entsprach nicht unseren Regeln für Einladungen. Wenden Sie sich an den Support, falls das ein Irrtum ist.',
    },
    hi: {
      title: '{amount} का इनाम वापस ले लिया गया है',
      body: 'जिस बुकिंग पर आपको {amount} मिले थे, उसका पैसा लौटा दिया गया या वह आमंत्रण के हमारे नियमों के अनुरूप नहीं थी। अगर आपको लगता है कि यह ग़लती है, तो सहायता से संपर्क करें।',
    },
  },
});
