import { everyone, type Permissions } from '@marquee/subgraph';

export const permissions: Permissions = {
  Query: { homeFeed: everyone },
};
