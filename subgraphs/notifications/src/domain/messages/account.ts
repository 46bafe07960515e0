import { defineMessages } from '@marquee/messages';

const ADVICE = {
  en: 'Your other devices were signed out. If this was not you, reset your password now.',
  de: 'Ihre anderen Geräte wurden abgemeldet. Falls Sie das nicht waren, setzen Sie jetzt Ihr Passwort zurück.',
  hi: 'आपके अन्य डिवाइस साइन आउट कर दिए गए हैं। अगर यह आपने नहीं किया, तो अभी अपना पासवर्ड रीसेट करें।',
} as const;

/** Messages about how an account is signed in to. */
export const accountMessages = defineMessages<'title' | 'body'>()({
  PASSWORD_CHANGED: {
    values: {},
    en: { title: 'Your password was changed', body: `The password of your account was changed. ${ADVICE.en}` },
    de: { title: 'Ihr Passwort wurde geändert', body: `Das Passwort Ihres Kontos wurde geändert. ${ADVICE.de}` },
    hi: { title: 'आपका पासवर्ड बदल दिया गया है', body: `आपके खाते का पासवर्ड बदल दिया गया है। ${ADVICE.hi}` },
  },
  PASSWORD_RESET: {
    values: {},
    en: {
      title: 'Your password was reset',
      body: `Your password was reset through your email address. ${ADVICE.en}`,
    },
    de: {
      title: 'Ihr Passwort wurde zurückgesetzt',
      body: `Ihr Passwort wurde über Ihre E-Mail-Adresse zurückgesetzt. ${ADVICE.de}`,
    },
    hi: {
      title: 'आपका पासवर्ड रीसेट कर दिया गया है',
      body: `आपके ईमेल पते के ज़रिए आपका पासवर्ड रीसेट कर दिया गया है। ${ADVICE.hi}`,
    },
  },
  EMAIL_CHANGED: {
    values: {},
    en: {
      title: 'Your email address was changed',
      body: `You now sign in with another email address. ${ADVICE.en}`,
    },
    de: {
      title: 'Ihre E-Mail-Adresse wurde geändert',
      body: `Sie melden sich jetzt mit einer anderen E-Mail-Adresse an. ${ADVICE.de}`,
    },
    hi: { title: 'आपका ईमेल पता बदल दिया गया है', body: `अब आप दूसरे ईमेल पते से साइन इन करते हैं। ${ADVICE.hi}` },
  },
  TOTP_ENABLED: {
    values: {},
    en: {
      title: 'Authenticator app added',
      body: `Signing in now asks for a code of your authenticator app. ${ADVICE.en}`,
    },
    de: {
      title: 'Authenticator-App hinzugefügt',
      body: `Beim Anmelden wird jetzt ein Code Ihrer Authenticator-App verlangt. ${ADVICE.de}`,
    },
    hi: {
      title: 'ऑथेंटिकेटर ऐप जोड़ा गया',
      body: `अब साइन इन करते समय आपके ऑथेंटिकेटर ऐप का कोड माँगा जाएगा। ${ADVICE.hi}`,
    },
  },
  TOTP_DISABLED: {
    values: {},
    en: { title: 'Authenticator app removed', body: `Signing in no longer asks for a code. ${ADVICE.en}` },
    de: { title: 'Authenticator-App entfernt', body: `Beim Anmelden wird kein Code mehr verlangt. ${ADVICE.de}` },
    hi: { title: 'ऑथेंटिकेटर ऐप हटाया गया', body: `अब साइन इन करते समय कोड नहीं माँगा जाएगा। ${ADVICE.hi}` },
  },
  PASSKEY_ADDED: {
    values: {},
    en: { title: 'Passkey added', body: `A new passkey signs in to your account without a password. ${ADVICE.en}` },
    de: {
      title: 'Passkey hinzugefügt',
      body: `Mit einem neuen Passkey kann man sich ohne Passwort bei Ihrem Konto anmelden. ${ADVICE.de}`,
    },
    hi: {
      title: 'पासकी जोड़ी गई',
      body: `अब एक नई पासकी से बिना पासवर्ड के आपके खाते में साइन इन किया जा सकता है। ${ADVICE.hi}`,
    },
  },
  PASSKEY_REMOVED: {
    values: {},
    en: { title: 'Passkey removed', body: `A passkey no longer signs in to your account. ${ADVICE.en}` },
    de: {
      title: 'Passkey entfernt',
      body: `Mit einem Ihrer Passkeys kann man sich nicht mehr anmelden. ${ADVICE.de}`,
    },
    hi: { title: 'पासकी हटाई गई', body: `आपकी एक पासकी से अब साइन इन नहीं किया जा सकता। ${ADVICE.hi}` },
  },
  PROVIDER_LINKED: {
    values: {},
    en: {
      title: 'Sign-in with another account added',
      body: 'An account of yours at another provider now signs in to this one. If this was not you, reset your password now.',
    },
    de: {
      title: 'Anmeldung über ein anderes Konto hinzugefügt',
      body: 'Ein Konto von Ihnen bei einem anderen Anbieter meldet Sie jetzt auch hier an. Falls Sie das nicht waren, setzen Sie jetzt Ihr Passwort zurück.',
    },
    hi: {
      title: 'दूसरे खाते से साइन इन जोड़ा गया',
      body: 'अब किसी दूसरे प्रदाता पर आपके खाते से यहाँ साइन इन किया जा सकता है। अगर यह आपने नहीं किया, तो अभी अपना पासवर्ड रीसेट करें।',
    },
  },
  PROVIDER_UNLINKED: {
    values: {},
    en: {
      title: 'Sign-in with another account removed',
      body: `An account of yours at another provider no longer signs in to this one. ${ADVICE.en}`,
    },
    de: {
      title: 'Anmeldung über ein anderes Konto entfernt',
      body: `Ein Konto von Ihnen bei einem anderen Anbieter meldet Sie hier nicht mehr an. ${ADVICE.de}`,
    },
    hi: {
      title: 'दूसरे खाते से साइन इन हटाया गया',
      body: `किसी दूसरे प्रदाता पर आपके खाते से अब यहाँ साइन इन नहीं किया जा सकता। ${ADVICE.hi}`,
    },
  },
  PASSKEY_COPIED: {
    values: {},
    en: {
      title: 'A copy of your passkey was used',
      body: 'We refused it. Remove the passkey from your account and add a new one.',
    },
    de: {
      title: 'Eine Kopie Ihres Passkeys wurde verwendet',
      body: 'Wir haben die Anmeldung abgelehnt. Entfernen Sie den Passkey aus Ihrem Konto und fügen Sie einen neuen hinzu.',
    },
    hi: {
      title: 'आपकी पासकी की एक नक़ल इस्तेमाल की गई',
      body: 'हमने उसे अस्वीकार कर दिया। अपने खाते से वह पासकी हटाएँ और नई जोड़ें।',
    },
  },
  mailBounced: {
    values: {},
    en: {
      title: 'Our mail does not reach you',
      body: 'Your mail server told us that your email address does not exist. We mail you nothing until you enter another one in your profile.',
    },
    de: {
      title: 'Unsere E-Mails erreichen Sie nicht',
      body: 'Ihr Mailserver meldet, dass es Ihre E-Mail-Adresse nicht gibt. Wir senden Ihnen nichts mehr, bis Sie in Ihrem Profil eine andere angeben.',
    },
    hi: {
      title: 'हमारे मेल आप तक नहीं पहुँच रहे',
      body: 'आपके मेल सर्वर ने बताया कि आपका ईमेल पता मौजूद नहीं है। जब तक आप प्रोफ़ाइल में दूसरा पता नहीं देते, हम आपको मेल नहीं भेजेंगे।',
    },
  },
  dataExportReady: {
    values: {},
    en: {
      title: 'Your data is ready',
      body: 'The file of everything we hold about you can be downloaded in your account for a week.',
    },
    de: {
      title: 'Ihre Daten sind bereit',
      body: 'Die Datei mit allem, was wir über Sie gespeichert haben, liegt eine Woche lang in Ihrem Konto zum Herunterladen bereit.',
    },
    hi: {
      title: 'आपका डेटा तैयार है',
      body: 'आपके बारे में हमारे पास जो कुछ है, उसकी फ़ाइल एक हफ़्ते तक आपके खाते से डाउनलोड की जा सकती है।',
    },
  },
  accountStatus: {
    values: { status: ['ACTIVE', 'SUSPENDED'] },
    en: {
      title: '{status, select, SUSPENDED {Your account was suspended} other {Your account was restored}}',
      body: '{status, select, SUSPENDED {You cannot sign in any more. Your bookings stay valid. Contact support if you think that this is a mistake.} other {You can sign in again.}}',
    },
    de: {
      title: '{status, select, SUSPENDED {Ihr Konto wurde gesperrt} other {Ihr Konto wurde wiederhergestellt}}',
      body: '{status, select, SUSPENDED {Sie können sich nicht mehr anmelden. Ihre Buchungen bleiben gültig. Wenden Sie sich an den Support, falls das ein Irrtum ist.} other {Sie können sich wieder anmelden.}}',
    },
    hi: {
      title: '{status, select, SUSPENDED {आपका खाता निलंबित कर दिया गया है} other {आपका खाता बहाल कर दिया गया है}}',
      body: '{status, select, SUSPENDED {अब आप साइन इन नहीं कर सकते। आपकी बुकिंग मान्य रहेंगी। अगर आपको लगता है कि यह ग़लती है, तो सहायता से संपर्क करें।} other {अब आप फिर से साइन इन कर सकते हैं।}}',
    },
  },
  rolesChanged: {
    values: {},
    en: {
      title: 'Your roles have changed',
      body: 'An administrator changed what you may do here. You may have to sign in again. Ask them if you did not expect this.',
    },
    de: {
      title: 'Ihre Rollen haben sich geändert',
      body: 'Die Administration hat geändert, was Sie hier dürfen. Möglicherweise müssen Sie sich neu anmelden. Fragen Sie dort nach, falls Sie das nicht erwartet haben.',
    },
    hi: {
      title: 'आपकी भूमिकाएँ बदल गई हैं',
      body: 'एक व्यवस्थापक ने बदला है कि आप यहाँ क्या कर सकते हैं। हो सकता है आपको फिर से साइन इन करना पड़े। अगर यह अप्रत्याशित है, तो उनसे पूछें।',
    },
  },
  sessionsEnded: {
    values: {},
    en: {
      title: 'You were signed out everywhere',
      body: 'An administrator signed out all your devices. Sign in again to go on, and change your password if somebody else may know it.',
    },
    de: {
      title: 'Sie wurden überall abgemeldet',
      body: 'Die Administration hat alle Ihre Geräte abgemeldet. Melden Sie sich neu an, und ändern Sie Ihr Passwort, falls es jemand anderes kennen könnte.',
    },
    hi: {
      title: 'आपको हर जगह से साइन आउट कर दिया गया है',
      body: 'एक व्यवस्थापक ने आपके सभी डिवाइस साइन आउट कर दिए हैं। आगे बढ़ने के लिए फिर से साइन इन करें, और अगर कोई और आपका पासवर्ड जानता हो, तो उसे बदलें।',
    },
  },
  memberRole: {
    values: { role: ['OWNER', 'MANAGER', 'BOX_OFFICE', 'SCANNER', 'FINANCE', 'NONE'] },
    en: {
      title:
        '{role, select, NONE {You no longer work for an organisation} other {Your role in an organisation has changed}}',
      body: '{role, select, NONE {You were removed from its members.} OWNER {You are an owner now.} MANAGER {You are a manager now.} BOX_OFFICE {You work at the box office now.} SCANNER {You scan tickets now.} other {You look after its finances now.}} Ask its owners if you did not expect this.',
    },
    de: {
      title:
        '{role, select, NONE {Sie arbeiten nicht mehr für eine Organisation} other {Ihre Rolle in einer Organisation hat sich geändert}}',
      body: '{role, select, NONE {Sie gehören nicht mehr zu ihren Mitgliedern.} OWNER {Ihre neue Rolle: Inhaber oder Inhaberin.} MANAGER {Ihre neue Rolle: Leitung.} BOX_OFFICE {Ihre neue Rolle: Kasse.} SCANNER {Ihre neue Rolle: Einlass.} other {Ihre neue Rolle: Buchhaltung.}} Fragen Sie dort nach, falls Sie das nicht erwartet haben.',
    },
    hi: {
      title: '{role, select, NONE {अब आप एक संगठन के लिए काम नहीं करते} other {एक संगठन में आपकी भूमिका बदल गई है}}',
      body: '{role, select, NONE {आपको उसके सदस्यों में से हटा दिया गया है।} OWNER {आपकी नई भूमिका: मालिक।} MANAGER {आपकी नई भूमिका: प्रबंधक।} BOX_OFFICE {आपकी नई भूमिका: टिकट खिड़की।} SCANNER {आपकी नई भूमिका: टिकट जाँच।} other {आपकी नई भूमिका: वित्त।}} अगर यह अप्रत्याशित है, तो संगठन के मालिकों से पूछें।',
    },
  },
  signInAttempted: {
    values: { factor: ['PASSWORD', 'SECOND_FACTOR'] },
    en: {
      title: 'Somebody tried to sign in to your account',
      body: '{factor, select, SECOND_FACTOR {Somebody entered your password and then wrong codes, and did not get in. If it was not you, change your password now.} other {Somebody entered wrong passwords for your account and did not get in. If it was not you, make sure that you use this password nowhere else.}}',
    },
    de: {
      title: 'Jemand hat versucht, sich bei Ihrem Konto anzumelden',
      body: '{factor, select, SECOND_FACTOR {Jemand hat Ihr Passwort und dann falsche Codes eingegeben und kam nicht hinein. Falls Sie das nicht waren, ändern Sie jetzt Ihr Passwort.} other {Jemand hat falsche Passwörter für Ihr Konto eingegeben und kam nicht hinein. Falls Sie das nicht waren, achten Sie darauf, dass Sie dieses Passwort nirgends sonst verwenden.}}',
    },
    hi: {
      title: 'किसी ने आपके खाते में साइन इन करने की कोशिश की',
      body: '{factor, select, SECOND_FACTOR {किसी ने आपका पासवर्ड और फिर ग़लत कोड डाले, पर साइन इन नहीं कर सका। अगर वह आप नहीं थे, तो अभी अपना पासवर्ड बदलें।} other {किसी ने आपके खाते के लिए ग़लत पासवर्ड डाले और साइन इन नहीं कर सका। अगर वह आप नहीं थे, तो ध्यान रखें कि यह पासवर्ड कहीं और इस्तेमाल न हो।}}',
    },
  },
});
