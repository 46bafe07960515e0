import { UserError } from '@marquee/errors';

import type { Show } from './domain/show.ts';
import type { Title } from './domain/title.ts';
import type { Venue } from './domain/venue.ts';

/** There is a venue of that name at that address already. */
export class VenueExistsError extends UserError {
  readonly __typename = 'VenueExistsError';
  readonly existingVenue: Venue;

  constructor(existingVenue: Venue) {
    super(`${existingVenue.name} is already there.`);
    this.existingVenue = existingVenue;
  }
}

/** There is a film of that name and release date already. */
export class TitleExistsError extends UserError {
  readonly __typename = 'TitleExistsError';
  readonly existingTitle: Title;

  constructor(existingTitle: Title) {
    super(`${existingTitle.name} is already there.`);
    this.existingTitle = existingTitle;
  }
}

/** The screen is taken at one of the times asked for. */
export class ScreenConflictError extends UserError {
  readonly __typename = 'ScreenConflictError';
  readonly conflictingShow: Show;

  constructor(conflictingShow: Show) {
    super('The screen is taken at one of these times.');
    this.conflictingShow = conflictingShow;
  }
}
