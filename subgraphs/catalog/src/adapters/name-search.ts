import { Prisma } from '@marquee/prisma-catalog';

/** A column of folded names with a trigram index. */
export type NameColumn = 'search_name' | 'sort_name';

/** Whether a name, or one of its words, begins with the search, or is similar to it. */
export function nameMatches(column: NameColumn, search: string | null): Prisma.Sql {
  if (search === null) return Prisma.sql`true`;
  const [name, prefix] = [Prisma.raw(column), prefixPattern(search)];
  return Prisma.sql`(${name} LIKE ${prefix} OR ${name} LIKE ${`% ${prefix}`} OR ${name} % ${search})`;
}

/** The quality of a match: prefix of the name, prefix of a word, trigram similarity. The best is the lowest. */
export function nameRank(column: NameColumn, search: string | null): Prisma.Sql {
  if (search === null) return Prisma.sql`0::float8`;
  const [name, prefix] = [Prisma.raw(column), prefixPattern(search)];
  return Prisma.sql`(CASE WHEN ${name} LIKE ${prefix} THEN 0 WHEN ${name} LIKE ${`% ${prefix}`} THEN 1
    ELSE 2 + round(1000 * (1 - similarity(${name}, ${search}))) END)::float8`;
}

function prefixPattern(prefix: string): string {
  return `${prefix.replace(/[\\%_]/g, String.raw`\$&`)}%`;
}
