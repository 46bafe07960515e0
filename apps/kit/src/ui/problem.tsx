import { problemOf } from '../api/problem.ts';
import { defineTexts, useLocale, useTexts } from '../text/index.ts';
import { Button } from './button.tsx';
import { Notice, Row } from './layout.tsx';

const texts = defineTexts({
  en: {
    again: 'Try again',
    offline: 'The server cannot be reached. Check your connection and try again.',
    internal:
      'Something went wrong on our side. Try again in a moment.{trace, select, none {} other { For support: {trace}}}',
    unavailable: 'A part of Marquee is away for a moment. Try again shortly.',
    limited: 'Too many requests. Try again in {seconds, plural, one {# second} other {# seconds}}.',
    signIn: 'Sign in to go on.',
    noAccess: 'This account has no access to this. Sign in with another one.',
    confirm: 'Confirm who you are to go on.',
    missing: 'This does not exist any more. Load the page again.',
    running: 'This is still being done. Try again in a moment.',
    forbidden: 'You are not allowed to do this.',
    input: 'Something that you entered cannot be used. Check it and try again.',
    other: 'This did not work. Load the page again.',
  },
  de: {
    again: 'Erneut versuchen',
    offline: 'Der Server ist nicht erreichbar. Prüfen Sie Ihre Verbindung und versuchen Sie es erneut.',
    internal:
      'Bei uns ist etwas schiefgegangen. Versuchen Sie es gleich noch einmal.{trace, select, none {} other { Für den Support: {trace}}}',
    unavailable: 'Ein Teil von Marquee ist gerade nicht erreichbar. Versuchen Sie es gleich noch einmal.',
    limited: 'Zu viele Anfragen. Versuchen Sie es in {seconds, plural, one {# Sekunde} other {# Sekunden}} erneut.',
    signIn: 'Melden Sie sich an, um fortzufahren.',
    noAccess: 'Dieses Konto hat darauf keinen Zugriff. Melden Sie sich mit einem anderen an.',
    confirm: 'Bestätigen Sie, dass Sie es sind, um fortzufahren.',
    missing: 'Das gibt es nicht mehr. Laden Sie die Seite neu.',
    running: 'Das läuft noch. Versuchen Sie es gleich noch einmal.',
    forbidden: 'Dafür fehlt Ihnen die Berechtigung.',
    input: 'Eine Ihrer Angaben ist ungültig. Prüfen Sie sie und versuchen Sie es erneut.',
    other: 'Das hat nicht geklappt. Laden Sie die Seite neu.',
  },
  hi: {
    again: 'फिर से कोशिश करें',
    offline: 'सर्वर तक नहीं पहुँचा जा सका। अपना कनेक्शन जाँचें और फिर से कोशिश करें।',
    internal: 'हमारी ओर से कुछ गड़बड़ हुई। थोड़ी देर में फिर कोशिश करें।{trace, select, none {} other { सहायता के लिए: {trace}}}',
    unavailable: 'Marquee का एक हिस्सा अभी उपलब्ध नहीं है। थोड़ी देर में फिर कोशिश करें।',
    limited: 'बहुत अधिक अनुरोध। {seconds, plural, one {# सेकंड} other {# सेकंड}} में फिर कोशिश करें।',
    signIn: 'आगे बढ़ने के लिए साइन इन करें।',
    noAccess: 'इस खाते को इसकी अनुमति नहीं है। किसी दूसरे खाते से साइन इन करें।',
    confirm: 'आगे बढ़ने के लिए पुष्टि करें कि आप ही हैं।',
    missing: 'यह अब मौजूद नहीं है। पेज फिर से लोड करें।',
    running: 'यह अभी जारी है। थोड़ी देर में फिर कोशिश करें।',
    forbidden: 'आपको ऐसा करने की अनुमति नहीं है।',
    input: 'आपकी दी हुई कोई जानकारी मान्य नहीं है। उसे जाँचें और फिर कोशिश करें।',
    other: 'यह नहीं हो सका। पेज फिर से लोड करें।',
  },
});

/** The text for an error of an operation: what happened, and what to do. */
export function useProblemText(): (error: unknown) => string {
  const t = useTexts(texts);
  const { language } = useLocale().locale;
  return (error) => {
    const { code, message, extensions } = problemOf(error);
    if (code === 'OFFLINE') return t('offline');
    if (code === 'INTERNAL_SERVER_ERROR') return t('internal', { trace: String(extensions['traceId'] ?? 'none') });
    if (code === 'SUBGRAPH_UNAVAILABLE') return t('unavailable');
    if (extensions['requiredScopes'] !== undefined) return t('noAccess');
    if (code === 'UNAUTHENTICATED' || code === 'UNAUTHORIZED_FIELD_OR_TYPE') return t('signIn');
    if (extensions['reason'] === 'REAUTHENTICATION_REQUIRED') return t('confirm');
    if (code === 'RATE_LIMITED')
      return t('limited', { seconds: Math.ceil(Number(extensions['retryAfterSeconds'] ?? 1)) });
    if (code === 'NOT_FOUND') return t('missing');
    if (code === 'IDEMPOTENCY_IN_PROGRESS') return t('running');
    // The server knows more than a page does, and writes English.
    if (language === 'en' && message !== '') return message;
    if (code === 'FORBIDDEN') return t('forbidden');
    return t(code === 'BAD_USER_INPUT' ? 'input' : 'other');
  };
}

/** Says why an operation failed, and repeats it. */
export function ProblemNotice({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const t = useTexts(texts);
  const textOf = useProblemText();
  return (
    <Notice tone="bad">
      <Row>
        <span>{textOf(error)}</span>
        {onRetry && (
          <Button kind="bare" onPress={onRetry}>
            {t('again')}
          </Button>
        )}
      </Row>
    </Notice>
  );
}
