import type { VenueResolvers } from '../generated/resolvers.ts';
import { reviewed } from './subject.ts';

export const Venue: VenueResolvers = reviewed('VENUE');
