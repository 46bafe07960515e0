import type { QueryResolvers } from '../../generated/resolvers.ts';
import { readOfferMail } from '../../use-cases/read-offer-mail.ts';

export const ticketOfferMail: QueryResolvers['ticketOfferMail'] = (_parent, { offerId }, { deps }) =>
  readOfferMail(deps, offerId);
