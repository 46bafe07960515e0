import { UserError } from '@marquee/errors';

import type { Show } from './domain/show.ts';
import type { Title } from './domain/title.ts';
import type { Venue } from './domain/venue.ts';

/** A venue of this name already exists at the address. */
export class VenueExistsError extends UserError {
  readonly __typename = 'VenueExistsError';
  readonly existingVenue: Venue;

  constructor(existingVenue: Venue) {
    super(`A venue named ${existingVenue.name} already exists at this address.`);
    this.existingVenue = existingVenue;
  }
}

/** A film of this name and release date already exists. */
export class TitleExistsError extends UserError {
  readonly __typename = 'TitleExistsError';
  readonly existingTitle: Title;

  constructor(existingTitle: Title) {
    super(`A film named ${existingTitle.name} with this release date already exists.`);
    this.existingTitle = existingTitle;
  }
}

/** Another show occupies the screen at one of the requested times. */
export class ScreenConflictError extends UserError {
  readonly __typename = 'ScreenConflictError';
  readonly conflictingShow: Show;

  constructor(conflictingShow: Show) {
    super('Choose other times: the screen is occupied at one of these.');
    this.conflictingShow = conflictingShow;
  }
}

/** The show has started or was cancelled, so it cannot be changed. */
export class ShowNotUpcomingError extends UserError {
  readonly __typename = 'ShowNotUpcomingError';

  constructor() {
    super('This show has started or was cancelled, so it cannot be changed.');
  }
}
