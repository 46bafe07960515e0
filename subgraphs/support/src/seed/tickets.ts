import type { SupportCategory, SupportPriority } from '../domain/priority.ts';
import type { SupportTicketStatus } from '../domain/ticket.ts';

/** A line of a chat: by the customer, by support, or a note of support. */
type Line = readonly [by: 'customer' | 'agent' | 'note', minutesLater: number, text: string];

export interface SeedTicket {
  readonly customer: string;
  readonly category: SupportCategory;
  readonly priority: SupportPriority;
  readonly status: SupportTicketStatus;
  readonly hoursAgo: number;
  readonly subject: string;
  readonly lines: readonly Line[];
  readonly rating?: readonly [score: number, comment: string | null];
}

/** The cases of a local stack, of the demo customers and the audience. */
export const TICKETS: readonly SeedTicket[] = [
  {
    ...{ customer: 'customer', category: 'BOOKING', priority: 'NORMAL', status: 'PENDING', hoursAgo: 20 },
    subject: 'Can I change to an aisle seat?',
    lines: [
      [
        'customer',
        0,
        'Hello, I booked two seats in the middle of the row. My knee is not what it was. Is there a way to swap them for seats at the aisle?',
      ],
      [
        'agent',
        38,
        'Hello Casey, of course. Row F has two seats at the aisle for the same price. Shall I ask the venue to keep them for you?',
      ],
      ['note', 41, 'Called the venue: F1 and F2 are blocked for us until tomorrow noon.'],
    ],
  },
  {
    ...{ customer: 'customer', category: 'PAYMENT', priority: 'NORMAL', status: 'RESOLVED', hoursAgo: 75 },
    subject: 'Charged twice?',
    lines: [
      ['customer', 0, 'My bank shows the same amount twice. Did I pay twice?'],
      [
        'agent',
        25,
        'One of the two is a reservation of your bank, which it releases within three days. We have received the amount once.',
      ],
      ['customer', 140, 'You are right, it is gone. Thank you!'],
    ],
    rating: [5, 'Quick and clear.'],
  },
  {
    ...{ customer: 'customer2', category: 'ACCOUNT', priority: 'NORMAL', status: 'OPEN', hoursAgo: 3 },
    subject: 'I no longer have my old phone number',
    lines: [
      [
        'customer',
        0,
        'I changed phones and the authenticator app is empty. I have two recovery codes left. What should I do first?',
      ],
    ],
  },
  {
    ...{ customer: 'audience1', category: 'BOOKING', priority: 'HIGH', status: 'OPEN', hoursAgo: 2 },
    subject: 'Rolstoelplaats voor zaterdag',
    lines: [
      [
        'customer',
        0,
        'Goedemiddag, mijn vader zit in een rolstoel. In de zaal zijn alle rolstoelplaatsen bezet. Kan de zaal een stoel weghalen?',
      ],
      ['agent', 16, 'Goedemiddag, ik bel de zaal en laat het u vandaag nog weten.'],
      ['customer', 52, 'Heel fijn, dank u wel.'],
    ],
  },
  {
    ...{ customer: 'audience2', category: 'PAYMENT', priority: 'NORMAL', status: 'RESOLVED', hoursAgo: 150 },
    subject: 'Rechnung mit Firmenadresse',
    lines: [
      ['customer', 0, 'Guten Tag, ich brauche für die Buchung eine Rechnung mit der Adresse meiner Firma.'],
      ['agent', 95, 'Guten Tag, Sie finden die Rechnung jetzt bei der Buchung. Die Adresse haben wir ergänzt.'],
    ],
    rating: [4, 'Hat geklappt, hätte schneller gehen können.'],
  },
  {
    ...{ customer: 'audience3', category: 'OTHER', priority: 'LOW', status: 'RESOLVED', hoursAgo: 210 },
    subject: '¿Hay descuento para estudiantes?',
    lines: [
      ['customer', 0, 'Hola, ¿tenéis algún descuento para estudiantes entre semana?'],
      ['agent', 300, 'Hola, depende del cine. En la página de cada sala verás sus precios reducidos.'],
    ],
    rating: [3, null],
  },
  {
    ...{ customer: 'audience4', category: 'BOOKING', priority: 'NORMAL', status: 'SNOOZED', hoursAgo: 30 },
    subject: 'Group of 24 for a birthday',
    lines: [
      ['customer', 0, 'We are 24 people and would love to sit together on the 19th. The site stops at ten seats.'],
      ['agent', 60, 'What a party! I have asked the venue, which decides on Thursday. I will write to you then.'],
      ['note', 62, 'Venue wants a deposit of 20 %. Wait for their offer before telling the customer.'],
    ],
  },
  {
    ...{ customer: 'audience6', category: 'BOOKING', priority: 'NORMAL', status: 'OPEN', hoursAgo: 1 },
    subject: 'Subtitles or dubbed?',
    lines: [
      ['customer', 0, 'The 20:15 show says Japanese. Are there English subtitles? My guests do not speak Japanese.'],
    ],
  },
  {
    ...{ customer: 'audience8', category: 'PAYMENT', priority: 'HIGH', status: 'RESOLVED', hoursAgo: 52 },
    subject: 'Återbetalning saknas',
    lines: [
      ['customer', 0, 'Hej, föreställningen ställdes in i förra veckan men pengarna har inte kommit.'],
      [
        'agent',
        20,
        'Hej, återbetalningen gick till kortet i måndags. Banken behöver upp till fem bankdagar. Hör av dig om den inte syns på fredag.',
      ],
      ['customer', 1_500, 'Nu är den här. Tack!'],
    ],
    rating: [5, null],
  },
  {
    ...{ customer: 'audience9', category: 'BOOKING', priority: 'NORMAL', status: 'PENDING', hoursAgo: 44 },
    subject: 'टिकट पर नाम गलत है',
    lines: [
      ['customer', 0, 'नमस्ते, टिकट पर मेरे भाई का नाम गलत लिखा है। क्या इसे ठीक किया जा सकता है?'],
      ['agent', 70, 'नमस्ते, ज़रूर। कृपया हमें सही नाम लिख भेजिए, हम आज ही बदल देंगे।'],
    ],
  },
  {
    ...{ customer: 'audience11', category: 'OTHER', priority: 'LOW', status: 'OPEN', hoursAgo: 6 },
    subject: 'Lost a grey scarf',
    lines: [['customer', 0, 'I think I left a grey scarf in row K last night. Whom do I ask?']],
  },
  {
    ...{ customer: 'audience13', category: 'ACCOUNT', priority: 'NORMAL', status: 'RESOLVED', hoursAgo: 120 },
    subject: 'Newsletter although I opted out',
    lines: [
      ['customer', 0, 'I still get mails about offers. I turned them off last month.'],
      [
        'agent',
        45,
        'Sorry about that. Offers are off now for both of your addresses; the second one had its own setting.',
      ],
    ],
    rating: [2, 'Should not have happened in the first place.'],
  },
];
