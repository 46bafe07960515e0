import { everyone, type Permissions } from '@marquee/subgraph';

export const permissions: Permissions = {
  Query: { search: everyone, searchSuggestions: everyone },
  Movie: { '*': everyone },
  LiveEvent: { '*': everyone },
  Venue: { '*': everyone },
};
