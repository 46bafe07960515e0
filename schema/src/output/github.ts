import type { Report } from '../checks/report.ts';

const COMMANDS = { error: 'error', warning: 'warning', note: 'notice' } as const;

/** A report as GitHub workflow commands, which annotate lines. */
export function reportAsAnnotations({ findings }: Report): string {
  return findings
    .map(({ severity, rule, message, help, location }) => {
      const place = location ? { file: location.file, line: location.line, col: location.column } : {};
      const properties = Object.entries({ ...place, title: rule }).map(([key, value]) => `${key}=${property(value)}`);
      return `::${COMMANDS[severity]} ${properties.join(',')}::${data(help ? `${message}\n${help}` : message)}\n`;
    })
    .join('');
}

/** Prints text without letting GitHub interpret its lines as commands. @param token must be unguessable */
export function shownByGithub(text: string, token: string): string {
  return `::stop-commands::${token}\n${text}\n::${token}::\n`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(value: string | number): string {
  return data(String(value)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
