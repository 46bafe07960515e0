/** A help article's text in one language. */
export interface ArticleText {
  readonly title: string;
  readonly body: string;
}

/** The help of a local stack. */
export const ARTICLES: readonly { readonly key: string; readonly texts: Readonly<Record<string, ArticleText>> }[] = [
  {
    key: 'find-tickets',
    texts: {
      en: {
        title: 'Where do I find my tickets?',
        body: 'Open **My bookings** and choose the booking. Each ticket has a QR code, which you show at the door. You can add the show to your calendar, and save the tickets as a PDF.\n\nA ticket appears once the payment is confirmed, usually within seconds.',
      },
      de: {
        title: 'Wo finde ich meine Tickets?',
        body: 'Öffnen Sie **Meine Buchungen** und wählen Sie die Buchung. Jedes Ticket hat einen QR-Code, den Sie am Einlass zeigen. Sie können die Vorstellung in Ihren Kalender übernehmen und die Tickets als PDF speichern.\n\nEin Ticket erscheint, sobald die Zahlung bestätigt ist, meist nach wenigen Sekunden.',
      },
      hi: {
        title: 'मेरे टिकट कहाँ मिलेंगे?',
        body: '**मेरी बुकिंग** खोलें और बुकिंग चुनें। हर टिकट पर एक QR कोड होता है, जिसे आप प्रवेश द्वार पर दिखाते हैं। आप टिकट PDF के रूप में भी सहेज सकते हैं।\n\nभुगतान की पुष्टि होते ही टिकट दिखने लगता है, आम तौर पर कुछ ही सेकंड में।',
      },
    },
  },
  {
    key: 'cancel-booking',
    texts: {
      en: {
        title: 'Cancel a booking and get a refund',
        body: 'Open the booking and choose **Cancel**. Before you confirm, you see how much is refunded: it depends on the venue’s cancellation policy and on the time left until the show.\n\n- A refund to your **wallet** is there at once.\n- A refund to your **card** takes 3 to 5 business days.\n\nYou can cancel single tickets too.',
      },
      de: {
        title: 'Eine Buchung stornieren und Geld zurückbekommen',
        body: 'Öffnen Sie die Buchung und wählen Sie **Stornieren**. Bevor Sie bestätigen, sehen Sie, wie viel Sie zurückbekommen: Das richtet sich nach den Bedingungen des Hauses und danach, wie viel Zeit bis zur Vorstellung bleibt.\n\n- Ins **Guthaben** kommt das Geld sofort zurück.\n- Auf die **Karte** dauert es 3 bis 5 Werktage.\n\nSie können auch einzelne Tickets stornieren.',
      },
      hi: {
        title: 'बुकिंग रद्द करें और रिफंड (धनवापसी) पाएँ',
        body: 'बुकिंग खोलें और **रद्द करें** चुनें। पुष्टि करने से पहले आप देखेंगे कि कितनी राशि वापस मिलेगी: यह सिनेमाघर की शर्तों और शो में बचे समय पर निर्भर करता है।\n\n- **वॉलेट** में राशि तुरंत आ जाती है।\n- **कार्ड** पर 3 से 5 कार्य दिवस लगते हैं।',
      },
    },
  },
  {
    key: 'card-declined',
    texts: {
      en: {
        title: 'My card was declined',
        body: 'The message says why the bank declined. Most often the card has too little money, or your bank wants you to confirm the payment in its app.\n\nYour seats stay held until the countdown ends. Try another card, or pay from your wallet.',
      },
      de: {
        title: 'Meine Karte wurde abgelehnt',
        body: 'Die Meldung sagt, warum die Bank abgelehnt hat. Meist ist das Konto nicht gedeckt, oder die Bank möchte, dass Sie die Zahlung in ihrer App bestätigen.\n\nIhre Plätze bleiben reserviert, bis die Zeit abgelaufen ist. Versuchen Sie eine andere Karte oder zahlen Sie mit Ihrem Guthaben.',
      },
      hi: {
        title: 'मेरा कार्ड अस्वीकार हो गया',
        body: 'संदेश में लिखा होता है कि बैंक ने भुगतान क्यों अस्वीकार किया। अक्सर खाते में पर्याप्त राशि नहीं होती, या बैंक अपने ऐप में पुष्टि चाहता है।\n\nसमय समाप्त होने तक आपकी सीटें आरक्षित रहती हैं। दूसरा कार्ड आज़माएँ या वॉलेट से भुगतान करें।',
      },
    },
  },
  {
    key: 'paid-without-tickets',
    texts: {
      en: {
        title: 'I paid but have no tickets',
        body: 'Wait a minute and open **My bookings** again. If the payment arrived after the time to pay, we take your seats again where they are still free. Where they are not, the money goes back by itself.\n\nWrite to us when a booking stays *in review* for more than an hour.',
      },
      de: {
        title: 'Ich habe bezahlt, aber keine Tickets',
        body: 'Warten Sie eine Minute und öffnen Sie **Meine Buchungen** noch einmal. Kam die Zahlung zu spät an, nehmen wir Ihre Plätze wieder, falls sie noch frei sind. Sonst geht das Geld von selbst zurück.\n\nSchreiben Sie uns, wenn eine Buchung länger als eine Stunde *in Prüfung* bleibt.',
      },
    },
  },
  {
    key: 'transfer-ticket',
    texts: {
      en: {
        title: 'Pass a ticket on to somebody else',
        body: 'Choose **Pass on** beside the ticket and enter the other person’s email address. They get a link, and the ticket is theirs once they accept it. Until then you can take the offer back.\n\nSome shows do not allow it; their tickets say so.',
      },
      de: {
        title: 'Ein Ticket weitergeben',
        body: 'Wählen Sie neben dem Ticket **Weitergeben** und geben Sie die E-Mail-Adresse der anderen Person ein. Sie bekommt einen Link, und das Ticket gehört ihr, sobald sie es annimmt. Bis dahin können Sie das Angebot zurücknehmen.\n\nBei manchen Vorstellungen geht das nicht; dann steht es auf dem Ticket.',
      },
    },
  },
  {
    key: 'wheelchair',
    texts: {
      en: {
        title: 'Wheelchair places and companions',
        body: 'Wheelchair places are marked in the seat map. Book one together with the seat beside it for a companion. If none is free, write to us: the venue can often help.',
      },
      de: {
        title: 'Rollstuhlplätze und Begleitung',
        body: 'Rollstuhlplätze sind im Saalplan gekennzeichnet. Buchen Sie den Platz daneben für Ihre Begleitung gleich mit. Ist keiner frei, schreiben Sie uns: Oft kann das Haus helfen.',
      },
      hi: {
        title: 'व्हीलचेयर की जगह और साथी',
        body: 'सीटों के नक्शे में व्हीलचेयर की जगहें चिह्नित हैं। साथी के लिए बगल की सीट भी साथ में बुक करें। कोई जगह खाली न हो तो हमें लिखें।',
      },
    },
  },
  {
    key: 'show-cancelled',
    texts: {
      en: {
        title: 'The show was cancelled or moved',
        body: 'When a show is **cancelled**, you get all of your money back, fees included, without doing anything.\n\nWhen it is **moved**, your tickets hold for the new time. If that does not suit you, cancel free of charge.',
      },
      de: {
        title: 'Die Vorstellung fällt aus oder wurde verlegt',
        body: 'Fällt eine Vorstellung **aus**, bekommen Sie Ihr ganzes Geld samt Gebühren zurück, ohne etwas zu tun.\n\nWird sie **verlegt**, gelten Ihre Tickets für den neuen Termin. Passt er nicht, stornieren Sie kostenlos.',
      },
      hi: {
        title: 'शो रद्द हुआ या उसका समय बदला',
        body: 'शो **रद्द** होने पर शुल्क सहित पूरी राशि अपने-आप वापस मिलती है।\n\nसमय **बदलने** पर आपके टिकट नए समय के लिए मान्य हैं। समय ठीक न हो तो बिना शुल्क रद्द करें।',
      },
    },
  },
  {
    key: 'waiting-room',
    texts: {
      en: {
        title: 'How the waiting room works',
        body: 'When very many people want the same show, you wait for your turn in a line. Keep the page open, or come back: your place is kept. When it is your turn, you have some minutes to choose seats.',
      },
      de: {
        title: 'Wie der Warteraum funktioniert',
        body: 'Wollen sehr viele Menschen zur selben Vorstellung, warten Sie in einer Schlange, bis Sie an der Reihe sind. Lassen Sie die Seite offen oder kommen Sie wieder: Ihr Platz bleibt. Sind Sie dran, haben Sie einige Minuten, um Plätze zu wählen.',
      },
    },
  },
  {
    key: 'password',
    texts: {
      en: {
        title: 'I forgot my password',
        body: 'Choose **Forgot password** where you sign in, and enter your email address. The link in the mail is good for one hour. Look into the spam folder if no mail arrives, and check the address that you registered with.',
      },
      de: {
        title: 'Ich habe mein Passwort vergessen',
        body: 'Wählen Sie bei der Anmeldung **Passwort vergessen** und geben Sie Ihre E-Mail-Adresse ein. Der Link in der Mail gilt eine Stunde. Kommt keine Mail, sehen Sie im Spam-Ordner nach, und ob es die Adresse ist, mit der Sie sich registriert haben.',
      },
      hi: {
        title: 'मैं अपना पासवर्ड भूल गया हूँ',
        body: 'साइन-इन पेज पर **पासवर्ड भूल गए** चुनें और अपना ईमेल पता लिखें। मेल में दिया लिंक एक घंटे तक चलता है। मेल न मिले तो स्पैम फ़ोल्डर देखें।',
      },
    },
  },
  {
    key: 'second-factor',
    texts: {
      en: {
        title: 'I lost the phone with my authenticator app',
        body: 'Sign in with one of the **recovery codes** that you saved when you turned the second factor on. Each works once. Then turn it off, and on again with the new phone.\n\nWithout a code, write to us from the address of your account.',
      },
      de: {
        title: 'Ich habe das Telefon mit meiner Authenticator-App verloren',
        body: 'Melden Sie sich mit einem der **Wiederherstellungscodes** an, die Sie beim Einschalten gespeichert haben. Jeder gilt einmal. Schalten Sie den zweiten Faktor dann aus und mit dem neuen Telefon wieder ein.\n\nOhne Code schreiben Sie uns von der Adresse Ihres Kontos.',
      },
    },
  },
  {
    key: 'membership',
    texts: {
      en: {
        title: 'Pause or end a membership',
        body: 'Under **Membership** you can pause it, change the plan, or end it. It runs until the end of the period that you have paid for. When you change to another plan, the rest of the old one is taken off the price.',
      },
    },
  },
  {
    key: 'group',
    texts: {
      en: {
        title: 'Book for a large group',
        body: 'One booking has up to ten seats. For a school class or a company, write to us with the show and the number of people. We ask the venue, and answer within two business days.',
      },
      de: {
        title: 'Für eine große Gruppe buchen',
        body: 'Eine Buchung umfasst bis zu zehn Plätze. Für eine Schulklasse oder eine Firma schreiben Sie uns die Vorstellung und die Zahl der Personen. Wir fragen das Haus und antworten innerhalb von zwei Werktagen.',
      },
    },
  },
  {
    key: 'wallet',
    texts: {
      en: {
        title: 'What is the wallet?',
        body: 'Money that you keep with us, in one currency each. Top it up by card, and pay in one step. Refunds to the wallet are there at once, and do not expire.',
      },
      hi: {
        title: 'वॉलेट (wallet) क्या है?',
        body: 'वॉलेट में आप हमारे पास राशि रखते हैं, हर मुद्रा के लिए अलग। कार्ड से राशि जोड़ें और एक कदम में भुगतान करें। वॉलेट में वापसी तुरंत होती है।',
      },
    },
  },
  {
    key: 'gift',
    texts: {
      en: {
        title: 'Give a show as a present',
        body: 'Book as usual and pass the tickets on when you like. A surprise stays one: the other person hears of it when you send the offer.',
      },
    },
  },
];
