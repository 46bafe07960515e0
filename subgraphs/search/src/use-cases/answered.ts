import type { Answers, Serving, ServingSlot } from '../domain/ports.ts';

export interface AnsweredDeps {
  readonly servingSlot: ServingSlot;
  readonly answers: Answers;
  readonly isOutage: (error: unknown) => boolean;
}

/**
 * An answer that was given before while nothing that it shows has changed, else a new one. While the database is away,
 * one that was given before, as it was.
 *
 * @param asked everything that tells one answer from another
 */
export async function answered<Answer extends object>(
  { servingSlot, answers, isOutage }: AnsweredDeps,
  cityCode: string | null,
  asked: readonly unknown[],
  make: (serving: Serving) => Promise<Answer>,
): Promise<Answer> {
  const serving = await servingSlot.current(cityCode).catch((error: unknown) => {
    if (isOutage(error)) return null;
    throw error;
  });
  const load = async () => make(serving ?? (await servingSlot.current(cityCode)));
  return (await answers.read(asked, serving?.version ?? null, load)) as Answer;
}
