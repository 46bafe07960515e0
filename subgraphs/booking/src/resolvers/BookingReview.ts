import { possibleOutcomes } from '../domain/booking-review.ts';
import type { BookingReviewResolvers } from '../generated/resolvers.ts';

export const BookingReview: BookingReviewResolvers = {
  booking: (booking) => booking,
  failedRefunds: ({ review }) => review?.failedRefunds ?? [],
  outcomes: (booking) => possibleOutcomes(booking),
};
