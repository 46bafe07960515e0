export { buildBooking, type BookingDeps, type BookingSettings } from './subgraph.ts';
