import type { Ports } from '../../activities/frame/ports.ts';
import { membership } from '../../core/messages/membership.ts';
import { azure } from '../../core/messages/azure.ts';
import { policy } from '../../core/messages/policy.ts';
import type { FieldError } from '../../core/spec/field-errors.ts';
import { readSpec } from '../../core/spec/spec.ts';
import type { MayDo } from '../policy.ts';
import { previewRollout } from '../preview-rollout.ts';

/** What the rollout of one set would do, in short. */
export interface SetPlan {
  readonly instances: number;
  readonly batches: number;
  readonly seconds: number;
}

export type PlannedAs =
  | { readonly kind: 'planned'; readonly plan: SetPlan }
  /** Its rollout would be refused. */
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  /** Azure does not say now. */
  | { readonly kind: 'unknown'; readonly message: string };

/** The plan of one set of a campaign, as its rollout would make it; reads only. */
export async function planSet(
  { spec, mayDo }: { readonly spec: object; readonly mayDo: MayDo },
  ports: Ports,
): Promise<PlannedAs> {
  const read = readSpec(spec);
  if (read.kind === 'invalid') return refused('invalidSpec', told(read.errors));
  const found = await previewRollout({ spec: read.spec, mayDo }, ports);
  switch (found.kind) {
    case 'planned': {
      const { batches, expected } = found.plan;
      const instances = new Set(batches.flatMap((batch) => batch.instances)).size;
      return { kind: 'planned', plan: { instances, batches: batches.length, seconds: expected.seconds } };
    }
    case 'refused':
      return refused(found.code, found.message);
    case 'outOfScope':
      return refused('outOfScope', policy.outOfScope);
    case 'forbidden':
      return refused('forbidden', found.denial.message);
    case 'againstPolicy':
      return refused('againstPolicy', told(found.errors));
    case 'noStrategy':
      return refused('strategyNotFound', told(found.errors));
    case 'never':
      return refused('invalidSpec', told(found.errors));
    case 'untold':
    case 'throttled':
      return { kind: 'unknown', message: azure.readsThrottled };
    case 'denied':
      return { kind: 'unknown', message: azure.readDenied(found.code, found.message) };
    case 'unreachable':
      return { kind: 'unknown', message: azure.unreachable(found.message) };
    case 'short':
      return { kind: 'unknown', message: membership.noneListed(found.capacity) };
    case 'vague':
      return { kind: 'unknown', message: membership.withoutStates(found.instances) };
  }
}

const refused = (code: string, message: string): PlannedAs => ({ kind: 'refused', code, message });

/** Wrong fields in one sentence. */
export function told(errors: readonly FieldError[]): string {
  return errors
    .slice(0, 5)
    .map(({ path, message }) => `${path}: ${message}`)
    .join('; ');
}
