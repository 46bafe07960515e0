/** The reviews of the seeded customers, in their languages: stars, and words that fit any film, or any venue. */
type Said = readonly [stars: 1 | 2 | 3 | 4 | 5, text: string];

export interface SeedAuthor {
  readonly id: string;
  readonly films: readonly Said[];
  readonly venues: readonly Said[];
}

const author = (name: string, films: readonly Said[], venues: readonly Said[]): SeedAuthor => ({
  id: `usr_seed_${name}`,
  films,
  venues,
});

export const SEED_AUTHORS: readonly SeedAuthor[] = [
  author(
    'customer',
    [
      [5, 'Seen it three times by now, and the last half hour still gets me. Take somebody who has not seen it.'],
      [5, 'One of those films that only make sense on a big screen. The sound alone was worth the ticket.'],
      [4, 'A slow start, then it never lets go. The ending could have been ten minutes shorter.'],
      [4, 'Better than I remembered. The print was beautiful.'],
      [3, 'Fine for a rainy Tuesday. Lovely to look at, not much to take home.'],
      [2, 'Everybody told me to see it. I looked at my watch four times.'],
    ],
    [
      [4, 'Comfortable seats and friendly people at the door. The foyer gets crowded before the late show.'],
      [2, 'It was freezing in screen 2, and nobody could say why.'],
    ],
  ),
  author(
    'customer2',
    [
      [5, 'My daughter talked about it all the way home, and so did I.'],
      [4, 'Great cast. I did not see the twist coming.'],
      [3, 'The first act is wonderful, the rest is a chase.'],
      [3, 'Good, but two hours would have done.'],
      [1, 'Loud, long and hollow. We left after an hour.'],
    ],
    [[5, 'Best picture in town, and the coffee is good too. We walk past two other cinemas to get here.']],
  ),
  author(
    'audience1',
    [
      [5, 'Prachtig gefilmd. Ik had mijn zakdoek nodig, en ik was niet de enige.'],
      [4, 'Spannend tot de laatste minuut. Alleen jammer van de pauze.'],
      [4, 'Mooie rollen, goed verhaal, en de muziek blijft nog dagen hangen.'],
      [3, 'Aardig, maar het boek is beter.'],
      [2, 'Veel herrie om niets.'],
    ],
    [
      [5, 'Fijne zaal met veel beenruimte. Personeel denkt mee, ook met een rolstoel.'],
      [3, 'Goed beeld, maar de rij voor de garderobe duurde een kwartier.'],
    ],
  ),
  author(
    'audience2',
    [
      [5, 'Ganz großes Kino. Ich habe selten einen so stillen Saal erlebt.'],
      [4, 'Stark gespielt und klug erzählt; das Ende kommt etwas plötzlich.'],
      [4, 'In der Originalfassung noch besser. Unbedingt auf der großen Leinwand sehen.'],
      [3, 'Nette Unterhaltung, mehr nicht.'],
      [2, 'Die Vorlage hat mir gefallen, der Film leider nicht.'],
      [1, 'Zweieinhalb Stunden, die ich gern zurück hätte.'],
    ],
    [
      [4, 'Sehr guter Ton, freundliches Personal. Die Sitze in der ersten Reihe sind zu nah an der Leinwand.'],
      [3, 'Schöner Saal, aber die Lüftung war während der leisen Szenen zu hören.'],
    ],
  ),
  author(
    'audience3',
    [
      [5, 'Una maravilla. Salí del cine sin ganas de hablar, de lo bonita que es.'],
      [5, 'La vi con mi padre, que no va nunca al cine, y quiere repetir.'],
      [4, 'Muy bien contada y mejor interpretada. Le sobra un cuarto de hora.'],
      [3, 'Entretenida, aunque se olvida rápido.'],
      [2, 'Esperaba mucho más después de todo lo que había leído.'],
    ],
    [
      [5, 'Sala cómoda, sonido impecable y sin anuncios interminables. Volveremos.'],
      [2, 'El aire acondicionado, demasiado fuerte, y nadie lo bajó.'],
    ],
  ),
  author(
    'audience4',
    [
      [5, 'I laughed, I cried, I missed the last bus. No regrets.'],
      [4, 'A clever script and a lead who carries all of it.'],
      [4, 'Holds up remarkably well. The score deserves its own evening.'],
      [3, 'Half of a great film and half of an ordinary one.'],
      [2, 'All style. I could not tell you what it was about.'],
    ],
    [[4, 'Easy to reach, clean, on time. The lift was out of order, so check before you come.']],
  ),
  author(
    'audience5',
    [
      [5, 'Que filme! A sala inteira aplaudiu no final.'],
      [4, 'Roteiro afiado e fotografia linda. Vale o ingresso.'],
      [3, 'Bom para ver com os amigos, nada além disso.'],
      [2, 'Arrastado. Quase dormi na segunda metade.'],
    ],
    [
      [5, 'Poltronas ótimas e tela enorme. Atendimento nota dez.'],
      [3, 'Gostei da sala, mas a fila da pipoca é lenta demais.'],
    ],
  ),
  author(
    'audience6',
    [
      [5, '大きなスクリーンで観られて本当に良かったです。最後の場面は忘れられません。'],
      [4, '音楽と映像が素晴らしい。少し長いですが、飽きませんでした。'],
      [4, '二回目でも新しい発見がありました。'],
      [3, '期待していたほどではありませんが、楽しめました。'],
    ],
    [[5, '座席が広くて見やすいです。スタッフの方も親切でした。']],
  ),
  author(
    'audience7',
    [
      [5, 'Yıllar sonra sinemada izlemek bambaşkaydı. Herkese tavsiye ederim.'],
      [4, 'Oyunculuklar çok iyi, sonu biraz aceleye gelmiş.'],
      [3, 'Fena değil, ama bir daha izlemem.'],
    ],
    [[4, 'Salon temiz ve rahat. Ses biraz yüksekti.']],
  ),
  author(
    'audience8',
    [
      [5, 'Vilken upplevelse! Gåshud från början till slut.'],
      [4, 'Snyggt berättad och väl spelad. Lite för lång på mitten.'],
      [3, 'Helt okej, men inget jag minns i morgon.'],
      [2, 'Mycket yta, lite innehåll.'],
    ],
    [[4, 'Bra sikt från alla platser och trevlig personal. Kafét stänger för tidigt.']],
  ),
  author(
    'audience9',
    [
      [5, 'बहुत ही शानदार फिल्म। पूरे परिवार के साथ देखी और सबको पसंद आई।'],
      [4, 'कहानी अच्छी है और अभिनय उससे भी अच्छा। संगीत याद रह जाता है।'],
      [4, 'Watched it with three generations of my family. Everybody found something to love.'],
      [3, 'ठीक-ठाक है। बीच में थोड़ी धीमी हो जाती है।'],
      [2, 'I wanted to like it, but the dubbing was a beat behind all the way.'],
    ],
    [
      [5, 'सीटें आरामदायक हैं और आवाज़ साफ़ है। परिवार के साथ जाने के लिए अच्छी जगह।'],
      [3, 'Good screen, but parking took longer than the trailers.'],
    ],
  ),
  author(
    'audience10',
    [
      [5, 'De lo mejor que he visto este año, y ya tiene sus años.'],
      [4, 'Ritmo perfecto y unos diálogos para enmarcar.'],
      [3, 'Correcta. Me quedo con la banda sonora.'],
      [1, 'Previsible desde el primer minuto.'],
    ],
    [[4, 'Buena acústica y entrada rápida con el código. Faltan perchas.']],
  ),
  author(
    'audience11',
    [
      [5, '在大银幕上看感觉完全不同，非常震撼，推荐大家去看。'],
      [4, '演员的表演很到位，剧情也很紧凑。'],
      [3, '还可以，适合周末放松一下。'],
      [2, '节奏太慢，有点失望。'],
    ],
    [[5, '座位舒适，音响效果很好，工作人员也很热情。']],
  ),
  author(
    'audience12',
    [
      [5, 'فيلم رائع، شاهدته مع عائلتي واستمتعنا به كثيراً.'],
      [4, 'Très bien joué, et la dernière scène reste longtemps en tête.'],
      [3, 'Un bon moment, sans plus.'],
      [2, 'Trop long, et la version doublée ne rend pas service aux acteurs.'],
    ],
    [
      [4, 'Belle salle, accueil souriant. Le son est un peu fort au premier rang.'],
      [5, 'قاعة نظيفة ومقاعد مريحة، وسوف أعود بالتأكيد.'],
    ],
  ),
  author(
    'audience13',
    [
      [5, 'Went in knowing nothing, came out wanting to ring everybody I know.'],
      [5, 'The kind of film for which they built cinemas.'],
      [4, 'Sharp, funny and a good deal sadder than the poster lets on.'],
      [3, 'Grand, but you could wait for a cheaper ticket.'],
      [2, 'I like this director. I did not like this.'],
      [1, 'Nobody in our row stayed to the end.'],
    ],
    [[5, 'A lovely old house, properly looked after. Ask for the balcony.']],
  ),
];
