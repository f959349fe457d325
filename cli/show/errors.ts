import { ApiError, UnreachableError } from '../errors.ts';
import { plain } from './text.ts';

/** An error as a person reads it: what failed, where, and what to do next. */
export function errorText(error: unknown): string {
  const lines = error instanceof ApiError ? problemLines(error) : [messageOf(error)];
  return lines.map((line) => `${line}\n`).join('');
}

function problemLines({ problem, message }: ApiError): readonly string[] {
  const code = problem.code === undefined ? '' : ` (${problem.code})`;
  const isTold = [undefined, message, problem.code].includes(problem.title);
  const title = isTold ? '' : `${problem.title}: `;
  return [
    plain(`error: ${title}${message}${code}`),
    ...(problem.errors ?? []).map(({ path, message: why }) =>
      plain(`  ${path === '' ? '(spec)' : path}: ${why}`),
    ),
    ...(problem.code === 'scaleSetBusy' ? [plain(`  held by rollout ${problem.rolloutId ?? '?'}`)] : []),
    ...(problem.remedy === undefined ? [] : [plain(`what to do: ${problem.remedy}`)]),
  ];
}

function messageOf(error: unknown): string {
  const message = plain(error instanceof Error ? error.message : String(error));
  if (!(error instanceof UnreachableError) || !error.undelivered) return `error: ${message}`;
  return `error: ${message}\nwhat to do: start the local one with npm start, or name yours in VMSS_ROLLOUT_URL`;
}
