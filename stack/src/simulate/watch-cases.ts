import { type GraphClient, registeredOperations } from '../client/index.ts';
import { logIn } from '../demo/purchase.ts';

const RiskCaseOpened = registeredOperations('backoffice')<{
  riskCaseOpened: { id: string; score: number; reasons: readonly string[]; user: { displayName: string } | null };
}>('RiskCaseOpened');

/** Tells of each case of risk as it opens, as an analyst is told. @returns the analyst's client */
export async function watchCases(endpoint: string, say: (line: string) => void): Promise<GraphClient> {
  const analyst = await logIn(endpoint, 'analyst@marquee.test');
  analyst.subscribe(RiskCaseOpened, {}).onEvent(({ riskCaseOpened: { score, reasons, user } }) => {
    say(
      `case opened: ${user?.displayName ?? 'somebody without an account'}, ${score.toFixed(2)}, ${reasons.join(', ')}`,
    );
  });
  return analyst;
}
