/**
 * The films that cinemas show dubbed: most of them, every second one, or matinees for families. All others are shown in
 * their original language, with subtitles.
 */
export type Dubbing = 'most' | 'some' | 'family';

/** A seed city: its key in the data set, and what the data set lacks. */
export interface SeedCity {
  readonly code: string;
  /** Name and ISO 3166 country code in `city-timezones`. */
  readonly find: readonly [name: string, countryCode: string];
  /** Overrides the data set's name where it lacks an accent. */
  readonly name?: string;
  /** The second part of its ISO 3166-2 code, where holidays differ within the country. */
  readonly region?: string | null;
  readonly currency: string;
  /** The local language, in English. */
  readonly language: string;
  /** Films dubbed into it; none by default. */
  readonly dubs?: Dubbing;
  /** Two cinemas and a venue for live events. Names are fictional, streets are real. */
  readonly venues: readonly [SeedVenue, SeedVenue, SeedVenue];
}

type SeedVenue = readonly [name: string, address: string];

export const SEED_CITIES: readonly SeedCity[] = [
  {
    code: 'lon',
    find: ['London', 'GB'],
    region: 'ENG',
    currency: 'GBP',
    language: 'English',
    venues: [
      ['Lantern Picturehouse Soho', '38 Brewer Street, London W1F 9TD'],
      ['Tideway Cinema Bankside', '72 Southwark Street, London SE1 0TX'],
      ['Aldwych Court Theatre', '51 Aldwych, London WC2B 4DF'],
    ],
  },
  {
    code: 'par',
    find: ['Paris', 'FR'],
    currency: 'EUR',
    language: 'French',
    dubs: 'most',
    venues: [
      ['Cinéma Le Passage', '14 boulevard Poissonnière, 75009 Paris'],
      ['Étoile Bastille', '27 rue de la Roquette, 75011 Paris'],
      ['Salle Canal', '88 quai de Jemmapes, 75010 Paris'],
    ],
  },
  {
    code: 'ber',
    find: ['Berlin', 'DE'],
    region: 'BE',
    currency: 'EUR',
    language: 'German',
    dubs: 'most',
    venues: [
      ['Kino Morgenstern', 'Karl-Marx-Allee 33, 10178 Berlin'],
      ['Lichtburg Kreuzberg', 'Bergmannstraße 56, 10961 Berlin'],
      ['Spreehalle', 'Mühlenstraße 12, 10243 Berlin'],
    ],
  },
  {
    code: 'mad',
    find: ['Madrid', 'ES'],
    region: 'MD',
    currency: 'EUR',
    language: 'Spanish',
    dubs: 'most',
    venues: [
      ['Cines Buenavista', 'Calle de Fuencarral 118, 28010 Madrid'],
      ['Cinema Delicias', 'Paseo de las Delicias 61, 28045 Madrid'],
      ['Teatro de la Rosa', 'Calle de Atocha 29, 28012 Madrid'],
    ],
  },
  {
    code: 'rom',
    find: ['Rome', 'IT'],
    currency: 'EUR',
    language: 'Italian',
    dubs: 'most',
    venues: [
      ['Cinema Aurora', 'Via Nazionale 184, 00184 Roma'],
      ['Cinema Lungotevere', 'Viale di Trastevere 96, 00153 Roma'],
      ['Auditorium Flaminio', 'Via Flaminia 122, 00196 Roma'],
    ],
  },
  {
    code: 'ams',
    find: ['Amsterdam', 'NL'],
    currency: 'EUR',
    language: 'Dutch',
    dubs: 'family',
    venues: [
      ['De Gracht Bioscoop', 'Prinsengracht 452, 1017 KE Amsterdam'],
      ['Filmhuis Oost', 'Javastraat 71, 1094 HB Amsterdam'],
      ['Zaal Noord', 'NDSM-plein 28, 1033 WB Amsterdam'],
    ],
  },
  {
    code: 'sto',
    find: ['Stockholm', 'SE'],
    currency: 'SEK',
    language: 'Swedish',
    dubs: 'family',
    venues: [
      ['Biograf Norrsken', 'Sveavägen 45, 111 34 Stockholm'],
      ['Bio Söder', 'Götgatan 67, 116 21 Stockholm'],
      ['Teater Strömmen', 'Skeppsbron 20, 111 30 Stockholm'],
    ],
  },
  {
    code: 'dub',
    find: ['Dublin', 'IE'],
    currency: 'EUR',
    language: 'English',
    venues: [
      ['Liffey Picture House', '23 Bachelors Walk, Dublin 1'],
      ['Stella Portobello', '41 Richmond Street South, Dublin 2'],
      ['The Mariner Hall', '9 Sir John Rogerson’s Quay, Dublin 2'],
    ],
  },
  {
    code: 'vie',
    find: ['Vienna', 'AT'],
    region: '9',
    currency: 'EUR',
    language: 'German',
    dubs: 'most',
    venues: [
      ['Donau Lichtspiele', 'Praterstraße 37, 1020 Wien'],
      ['Filmcasino Neubau', 'Burggasse 64, 1070 Wien'],
      ['Theater am Ring', 'Kärntner Ring 14, 1010 Wien'],
    ],
  },
  {
    code: 'waw',
    find: ['Warsaw', 'PL'],
    currency: 'PLN',
    language: 'Polish',
    dubs: 'family',
    venues: [
      ['Kino Wisła Praga', 'ulica Targowa 41, 03-728 Warszawa'],
      ['Kino Śródmieście', 'ulica Marszałkowska 82, 00-517 Warszawa'],
      ['Hala Powiśle', 'ulica Solec 48, 00-382 Warszawa'],
    ],
  },
  {
    code: 'lis',
    find: ['Lisbon', 'PT'],
    currency: 'EUR',
    language: 'Portuguese',
    dubs: 'family',
    venues: [
      ['Cinema Miradouro', 'Rua da Graça 58, 1170-168 Lisboa'],
      ['Cinema Avenida Nova', 'Avenida da Liberdade 131, 1250-140 Lisboa'],
      ['Teatro do Cais', 'Rua do Arsenal 22, 1100-038 Lisboa'],
    ],
  },
  {
    code: 'zrh',
    find: ['Zürich', 'CH'],
    region: 'ZH',
    currency: 'CHF',
    language: 'German',
    dubs: 'some',
    venues: [
      ['Kino Limmat', 'Limmatstrasse 92, 8005 Zürich'],
      ['Lichtspiele Seefeld', 'Seefeldstrasse 48, 8008 Zürich'],
      ['Halle Hardturm', 'Hardturmstrasse 130, 8005 Zürich'],
    ],
  },
  {
    code: 'rey',
    find: ['Reykjavík', 'IS'],
    currency: 'ISK',
    language: 'Icelandic',
    dubs: 'family',
    venues: [
      ['Bíó Höfn', 'Hverfisgata 54, 101 Reykjavík'],
      ['Bíó Laugar', 'Laugavegur 118, 105 Reykjavík'],
      ['Leikhús Norðurljós', 'Austurstræti 12, 101 Reykjavík'],
    ],
  },
  {
    code: 'nyc',
    find: ['New York', 'US'],
    region: 'NY',
    currency: 'USD',
    language: 'English',
    venues: [
      ['Gotham Cinemas Union Square', '52 East 14th Street, New York, NY 10003'],
      ['Brooklyn Reel House', '118 Atlantic Avenue, Brooklyn, NY 11201'],
      ['The Meridian Theatre', '236 West 45th Street, New York, NY 10036'],
    ],
  },
  {
    code: 'lax',
    find: ['Los Angeles', 'US'],
    region: 'CA',
    currency: 'USD',
    language: 'English',
    venues: [
      ['Sunset Palms Cinema', '7120 Sunset Boulevard, Los Angeles, CA 90046'],
      ['Arroyo Screens', '611 South Figueroa Street, Los Angeles, CA 90017'],
      ['Figueroa Arena', '1240 South Figueroa Street, Los Angeles, CA 90015'],
    ],
  },
  {
    code: 'chi',
    find: ['Chicago', 'US'],
    region: 'IL',
    currency: 'USD',
    language: 'English',
    venues: [
      ['Lakeshore Cinemas', '430 North Michigan Avenue, Chicago, IL 60611'],
      ['Logan Picture Palace', '2646 North Milwaukee Avenue, Chicago, IL 60647'],
      ['Wabash Playhouse', '175 North Wabash Avenue, Chicago, IL 60601'],
    ],
  },
  {
    code: 'tor',
    find: ['Toronto', 'CA'],
    region: 'ON',
    currency: 'CAD',
    language: 'English',
    venues: [
      ['Maple Leaf Picture House', '364 King Street West, Toronto, ON M5V 1K2'],
      ['Annex Cinema', '506 Bloor Street West, Toronto, ON M5S 1Y3'],
      ['Harbour Hall', '207 Queens Quay West, Toronto, ON M5J 1A7'],
    ],
  },
  {
    code: 'mex',
    find: ['Mexico City', 'MX'],
    currency: 'MXN',
    language: 'Spanish',
    dubs: 'most',
    venues: [
      ['Cine Jacaranda', 'Avenida Álvaro Obregón 121, Roma Norte, 06700 Ciudad de México'],
      ['Cinemas Reforma', 'Paseo de la Reforma 222, Juárez, 06600 Ciudad de México'],
      ['Teatro del Volcán', 'Avenida Insurgentes Sur 1453, 03920 Ciudad de México'],
    ],
  },
  {
    code: 'sao',
    find: ['Sao Paulo', 'BR'],
    name: 'São Paulo',
    region: 'SP',
    currency: 'BRL',
    language: 'Portuguese',
    dubs: 'some',
    venues: [
      ['Cine Paulista Norte', 'Avenida Paulista 1578, São Paulo, SP 01310-200'],
      ['Cine Vila Clara', 'Rua Augusta 2075, São Paulo, SP 01413-000'],
      ['Arena Barra Funda', 'Avenida Marquês de São Vicente 230, São Paulo, SP 01139-000'],
    ],
  },
  {
    code: 'bue',
    find: ['Buenos Aires', 'AR'],
    currency: 'ARS',
    language: 'Spanish',
    dubs: 'some',
    venues: [
      ['Cine Corrientes', 'Avenida Corrientes 1436, C1042 Buenos Aires'],
      ['Cinema Palermo', 'Avenida Santa Fe 3253, C1425 Buenos Aires'],
      ['Teatro San Elmo', 'Defensa 1120, C1065 Buenos Aires'],
    ],
  },
  {
    code: 'tyo',
    find: ['Tokyo', 'JP'],
    currency: 'JPY',
    language: 'Japanese',
    dubs: 'some',
    venues: [
      ['Ginza Lumière', '4-3-1 Ginza, Chuo-ku, Tokyo 104-0061'],
      ['Cinema Shibuya East', '2-14-6 Shibuya, Shibuya-ku, Tokyo 150-0002'],
      ['Sumida Hall', '1-8-2 Kinshi, Sumida-ku, Tokyo 130-0013'],
    ],
  },
  {
    code: 'sel',
    find: ['Seoul', 'KR'],
    currency: 'KRW',
    language: 'Korean',
    dubs: 'family',
    venues: [
      ['Hanbit Cinema Gangnam', '396 Gangnam-daero, Gangnam-gu, Seoul 06232'],
      ['Cine Hongdae', '153 Yanghwa-ro, Mapo-gu, Seoul 04051'],
      ['Namsan Theatre', '84 Toegye-ro, Jung-gu, Seoul 04631'],
    ],
  },
  {
    code: 'sin',
    find: ['Singapore', 'SG'],
    currency: 'SGD',
    language: 'English',
    venues: [
      ['Orchard Light Cinemas', '260 Orchard Road, Singapore 238855'],
      ['Katong Picture House', '112 East Coast Road, Singapore 428802'],
      ['Kallang Arena', '5 Stadium Walk, Singapore 397693'],
    ],
  },
  {
    code: 'syd',
    find: ['Sydney', 'AU'],
    region: 'NSW',
    currency: 'AUD',
    language: 'English',
    venues: [
      ['Harbourside Cinemas', '505 George Street, Sydney NSW 2000'],
      ['Newtown Picture Club', '261 King Street, Newtown NSW 2042'],
      ['Wharf Street Theatre', '18 Hickson Road, Walsh Bay NSW 2000'],
    ],
  },
  {
    code: 'bom',
    find: ['Mumbai', 'IN'],
    region: 'MH',
    currency: 'INR',
    language: 'Hindi',
    dubs: 'some',
    venues: [
      ['Sagar Talkies', '24 Maharshi Karve Road, Churchgate, Mumbai 400020'],
      ['Bandra Screens', '88 Hill Road, Bandra West, Mumbai 400050'],
      ['Lower Parel Arena', '462 Senapati Bapat Marg, Lower Parel, Mumbai 400013'],
    ],
  },
  {
    code: 'cpt',
    find: ['Cape Town', 'ZA'],
    currency: 'ZAR',
    language: 'English',
    venues: [
      ['Table Bay Cinemas', '19 Dock Road, Waterfront, Cape Town 8001'],
      ['Kloof Street Bioscope', '76 Kloof Street, Gardens, Cape Town 8001'],
      ['The Foundry Theatre', '35 Prestwich Street, Green Point, Cape Town 8005'],
    ],
  },
  {
    code: 'dxb',
    find: ['Dubai', 'AE'],
    currency: 'AED',
    language: 'Arabic',
    dubs: 'family',
    venues: [
      ['Marina Lights Cinema', '14 Al Marsa Street, Dubai Marina, Dubai'],
      ['Creek Cinemas', '62 Al Seef Road, Dubai'],
      ['Jumeirah Hall', '118 Al Wasl Road, Dubai'],
    ],
  },
  {
    code: 'ist',
    find: ['Istanbul', 'TR'],
    currency: 'TRY',
    language: 'Turkish',
    dubs: 'some',
    venues: [
      ['Beyoğlu Sineması', 'İstiklal Caddesi 140, 34430 Beyoğlu, İstanbul'],
      ['Kadıköy Yıldız', 'Bahariye Caddesi 46, 34710 Kadıköy, İstanbul'],
      ['Boğaz Tiyatrosu', 'Muallim Naci Caddesi 71, 34347 Ortaköy, İstanbul'],
    ],
  },
];
