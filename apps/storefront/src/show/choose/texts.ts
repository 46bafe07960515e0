import { defineTexts } from '@marquee/app-kit/text';

export const chooseTexts = defineTexts({
  en: {
    yours: 'Your seats',
    nothing: 'Choose seats on the plan, or let us find the best ones.',
    remove: 'Remove {seat}',
    total: 'Total, all fees and taxes included',
    hold: 'Hold {count, plural, one {# seat} other {# seats}} · {price}',
    holdHint: 'They are yours alone for a few minutes while you pay.',
    pay: 'Pay · {price}',
    heldFor: 'Held for you for',
    giveUp: 'Give up all seats',
    best: 'Find the best seats',
    bestStanding: 'Best seats and standing places',
    quantity: 'How many',
    fewer: 'One less',
    more: 'One more',
    tier: 'Price',
    anyTier: 'Any price',
    tierChoice: '{tier} · {price}',
    accessible: 'With a wheelchair place',
    findBest: 'Hold the best {count, plural, one {place} other {# places}}',
    bestHint: 'Seats together where there are any, near the middle.',
    signIn: 'Sign in to hold seats',
    signInHint: 'Your choice stays as it is.',
    standingHeld: '{count, plural, one {# standing place} other {# standing places}}',
    standingHere: 'Standing places are chosen by number.',
  },
  de: {
    yours: 'Ihre Plätze',
    nothing: 'Wählen Sie Plätze im Plan, oder lassen Sie uns die besten finden.',
    remove: '{seat} entfernen',
    total: 'Summe mit allen Gebühren und Steuern',
    hold: '{count, plural, one {# Platz} other {# Plätze}} reservieren · {price}',
    holdHint: 'Sie gehören einige Minuten lang nur Ihnen, während Sie bezahlen.',
    pay: 'Bezahlen · {price}',
    heldFor: 'Für Sie reserviert für',
    giveUp: 'Alle Plätze freigeben',
    best: 'Die besten Plätze finden',
    bestStanding: 'Beste Plätze und Stehplätze',
    quantity: 'Anzahl',
    fewer: 'Einer weniger',
    more: 'Einer mehr',
    tier: 'Preis',
    anyTier: 'Jeder Preis',
    tierChoice: '{tier} · {price}',
    accessible: 'Mit einem Rollstuhlplatz',
    findBest: '{count, plural, one {Besten Platz} other {Die # besten Plätze}} reservieren',
    bestHint: 'Plätze nebeneinander, wo es welche gibt, nahe der Mitte.',
    signIn: 'Zum Reservieren anmelden',
    signInHint: 'Ihre Wahl bleibt erhalten.',
    standingHeld: '{count, plural, one {# Stehplatz} other {# Stehplätze}}',
    standingHere: 'Stehplätze werden nach Anzahl gewählt.',
  },
  hi: {
    yours: 'आपकी सीटें',
    nothing: 'नक्शे पर सीटें चुनें, या हमें सबसे अच्छी सीटें खोजने दें।',
    remove: '{seat} हटाएँ',
    total: 'कुल, सभी शुल्क और कर सहित',
    hold: '{count, plural, one {# सीट} other {# सीटें}} रोकें · {price}',
    holdHint: 'भुगतान करते समय कुछ मिनट तक ये केवल आपकी रहेंगी।',
    pay: 'भुगतान करें · {price}',
    heldFor: 'आपके लिए रोकी गई, बचा समय',
    giveUp: 'सभी सीटें छोड़ दें',
    best: 'सबसे अच्छी सीटें खोजें',
    bestStanding: 'सबसे अच्छी सीटें और खड़े होने की जगहें',
    quantity: 'कितनी',
    fewer: 'एक कम',
    more: 'एक और',
    tier: 'कीमत',
    anyTier: 'कोई भी कीमत',
    tierChoice: '{tier} · {price}',
    accessible: 'व्हीलचेयर की जगह के साथ',
    findBest: 'सबसे अच्छी {count, plural, one {जगह} other {# जगहें}} रोकें',
    bestHint: 'जहाँ हों वहाँ साथ-साथ की सीटें, बीच के पास।',
    signIn: 'सीटें रोकने के लिए साइन इन करें',
    signInHint: 'आपकी पसंद बनी रहेगी।',
    standingHeld: 'खड़े होने की {count, plural, one {# जगह} other {# जगहें}}',
    standingHere: 'खड़े होने की जगहें संख्या से चुनी जाती हैं।',
  },
});

export const refusalTexts = defineTexts({
  en: {
    SeatUnavailableError:
      '{count, plural, one {Somebody else was quicker: this seat is gone} other {Somebody else was quicker: some of these seats are gone}}: {seats}. Nothing was held.',
    take: 'Take {seats} instead',
    limit:
      'You may have at most {maximum, plural, one {# seat} other {# seats}} of this show, those you have bought included.',
    SeatLimitExceededError:
      'You would have more seats than one customer may. With a verified email address you may have more; seats that you have not paid for count as well.',
    HoldTimeExceededError:
      'You have kept seats of this show for a long time without paying. Let others have a go, and try again in a while.',
    AccountRestrictedError: 'Buying is paused for your account. Our support will help you; your tickets stay yours.',
    support: 'Write to support',
    ShowClosedError: 'This show is not on sale now: it has begun, was cancelled, or its sale has not opened.',
    others: 'To other shows',
    NotEnoughSeatsError:
      '{available, plural, =0 {There are no such seats left.} one {Only # such seat is left.} other {There are not enough such seats; # are left.}} Choose fewer or another price, or join the waitlist below.',
    AdmissionRequiredError: 'So many people want to see this show that there is a waiting room.',
    verify: 'Verify your email address',
    close: 'Close',
  },
  de: {
    SeatUnavailableError:
      '{count, plural, one {Jemand war schneller: Dieser Platz ist vergeben} other {Jemand war schneller: Einige dieser Plätze sind vergeben}}: {seats}. Es wurde nichts reserviert.',
    take: 'Stattdessen {seats} nehmen',
    limit:
      'Für diese Vorstellung können Sie höchstens {maximum, plural, one {# Platz} other {# Plätze}} haben, bereits gekaufte eingeschlossen.',
    SeatLimitExceededError:
      'Sie hätten mehr Plätze, als eine Person haben darf. Mit bestätigter E-Mail-Adresse sind mehr möglich; auch unbezahlte Plätze zählen mit.',
    HoldTimeExceededError:
      'Sie haben Plätze dieser Vorstellung lange reserviert, ohne zu bezahlen. Lassen Sie andere an die Reihe und versuchen Sie es später noch einmal.',
    AccountRestrictedError:
      'Für Ihr Konto ist das Kaufen ausgesetzt. Unser Support hilft Ihnen; Ihre Tickets behalten Sie.',
    support: 'An den Support schreiben',
    ShowClosedError:
      'Diese Vorstellung ist gerade nicht im Verkauf: Sie hat begonnen, wurde abgesagt, oder der Verkauf ist noch nicht eröffnet.',
    others: 'Zu anderen Vorstellungen',
    NotEnoughSeatsError:
      '{available, plural, =0 {Solche Plätze gibt es nicht mehr.} one {Es gibt nur noch # solchen Platz.} other {Es gibt nicht genug solche Plätze; # sind noch da.}} Wählen Sie weniger oder einen anderen Preis, oder tragen Sie sich unten in die Warteliste ein.',
    AdmissionRequiredError: 'So viele möchten diese Vorstellung sehen, dass es einen Warteraum gibt.',
    verify: 'E-Mail-Adresse bestätigen',
    close: 'Schließen',
  },
  hi: {
    SeatUnavailableError:
      '{count, plural, one {किसी और ने पहले ले ली, यह सीट अब नहीं है} other {किसी और ने पहले ले लीं, इनमें से कुछ सीटें अब नहीं हैं}}: {seats}। कुछ भी नहीं रोका गया।',
    take: 'इसके बदले {seats} लें',
    limit: 'इस शो की आप अधिकतम {maximum, plural, one {# सीट} other {# सीटें}} ले सकते हैं, खरीदी हुई सीटें मिलाकर।',
    SeatLimitExceededError:
      'आपकी सीटें एक ग्राहक की सीमा से अधिक हो जाएँगी। ईमेल पता सत्यापित होने पर अधिक ले सकते हैं; बिना भुगतान की सीटें भी गिनी जाती हैं।',
    HoldTimeExceededError:
      'आपने इस शो की सीटें बिना भुगतान के बहुत देर तक रोकी हैं। दूसरों को मौका दें और थोड़ी देर बाद फिर कोशिश करें।',
    AccountRestrictedError: 'आपके खाते से खरीदारी रोकी गई है। हमारी सहायता टीम मदद करेगी; आपके टिकट आपके ही रहेंगे।',
    support: 'सहायता टीम को लिखें',
    ShowClosedError: 'यह शो अभी बिक्री में नहीं है: वह शुरू हो चुका है, रद्द हो गया है, या बिक्री अभी खुली नहीं है।',
    others: 'दूसरे शो देखें',
    NotEnoughSeatsError:
      '{available, plural, =0 {ऐसी कोई सीट नहीं बची।} one {ऐसी केवल # सीट बची है।} other {ऐसी पर्याप्त सीटें नहीं हैं; # बची हैं।}} कम या दूसरी कीमत चुनें, या नीचे प्रतीक्षा सूची में जुड़ें।',
    AdmissionRequiredError: 'इस शो को इतने लोग देखना चाहते हैं कि एक प्रतीक्षा कक्ष है।',
    verify: 'अपना ईमेल पता सत्यापित करें',
    close: 'बंद करें',
  },
});
