import { answerCommands } from '../processes/commands.ts';
import { Buyers, type Sell, type Sold } from './buyers.ts';
import type { Offer } from './offers.ts';

const buyers = new Buyers(process.argv[2] ?? '');

answerCommands({
  register: (count: number) => buyers.register(count),
  sell: (sale: Sell): Promise<Sold> => buyers.sell(sale),
  fight: ({ offer, customers, seconds }: { offer: Offer; customers: number; seconds: number }): Promise<Sold> =>
    buyers.fight(offer, customers, seconds),
});
