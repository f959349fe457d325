import { windows as words } from '../messages/windows.ts';
import { endsWithin, neverOpens } from '../window/windows.ts';
import type { FieldError } from './field-errors.ts';
import type { RolloutSpec } from './spec.ts';

/** What says when: of a rollout, of a schedule, or of a strategy. */
interface When {
  readonly windows?: RolloutSpec['windows'];
  readonly startAt?: RolloutSpec['startAt'];
  readonly approvals?: Pick<RolloutSpec['approvals'], 'onDuty' | 'timeoutSeconds'>;
}

/** A spec that was read for a request, and holds what can never be any more from this moment on. */
export interface Never {
  readonly kind: 'never';
  readonly errors: readonly FieldError[];
}

/** Windows in which no batch would ever begin, and hours on duty in which no approval would ever run out. */
export function neverIn({ windows, startAt, approvals }: When, now: number): readonly FieldError[] {
  const from = Math.max(now, Date.parse(startAt ?? '') || 0);
  const errors: FieldError[] = [];
  if (windows !== undefined && neverOpens(windows, from))
    errors.push({ path: 'windows', message: words.neverOpens });
  const { onDuty, timeoutSeconds = 0 } = approvals ?? {};
  if (onDuty === undefined) return errors;
  if (neverOpens(onDuty, from)) errors.push({ path: 'approvals.onDuty', message: words.nobodyOnDuty });
  else if (endsWithin(onDuty, from, timeoutSeconds * 1000))
    errors.push({ path: 'approvals.onDuty', message: words.tooFewHours(timeoutSeconds) });
  return errors;
}

/** The same of a spec into which a strategy may have been written: whoever named that sees its name, not its fields. */
export function neverBegins(spec: RolloutSpec, now: number): Never | undefined {
  const errors = neverIn(spec, now).map(({ path, message }) => ({
    path: path !== 'windows' && spec.namedStrategy !== undefined ? 'namedStrategy' : path,
    message,
  }));
  return errors.length === 0 ? undefined : { kind: 'never', errors };
}
