import type { Ports } from '../activities/frame/ports.ts';
import { surveyGuards } from '../activities/looks/survey-guards.ts';
import { survey } from '../activities/looks/survey.ts';
import type { Survey } from '../activities/looks/surveyed.ts';
import { warnings } from '../core/messages/warnings.ts';
import type { Plan } from '../core/plan/plan.ts';
import { isEnded } from '../core/record/phase.ts';
import { runbookFor } from '../core/record/runbook.ts';
import { neverBegins } from '../core/spec/never.ts';
import type { Never } from '../core/spec/never.ts';
import { refuseOpenSecrets } from '../core/spec/open-secrets.ts';
import type { RolloutSpec } from '../core/spec/spec.ts';
import { readLease } from '../store/leases.ts';
import { readRollout } from '../store/rollouts.ts';
import { judgeByPolicy } from './policy.ts';
import type { Forbidden, MayDo } from './policy.ts';
import { resolveStrategy } from './strategies.ts';
import type { Resolved } from './strategies.ts';

/** What a rollout of this spec would do; reads only. */
export async function previewRollout(
  { spec: asked, mayDo }: { readonly spec: RolloutSpec; readonly mayDo: MayDo },
  ports: Ports,
): Promise<Survey | Forbidden | Never | Extract<Resolved, { readonly kind: 'noStrategy' }>> {
  const refusal = refuseOpenSecrets(asked);
  if (refusal !== undefined) return refusal;
  const resolved = await resolveStrategy(asked, ports);
  if (resolved.kind === 'noStrategy') return resolved;
  const { spec } = resolved;
  const never = neverBegins(spec, ports.clock.now());
  if (never !== undefined) return never;
  const judged = await judgeByPolicy({ spec, right: 'plan', mayDo }, ports);
  if (judged.kind !== 'place') return judged;
  const found =
    runbookFor(spec) === 'guardRestoration'
      ? await surveyGuards(spec, ports, { takesShort: true })
      : await survey(spec, ports, { takesShort: true });
  return found.kind === 'planned' ? { ...found, plan: await withHolder(found.plan, spec, ports) } : found;
}

/** A plan may be made while another rollout holds the scale set; its reader should know. */
async function withHolder(plan: Plan, { onBusy }: RolloutSpec, { store }: Ports): Promise<Plan> {
  const lease = await readLease(store, plan.scaleSet);
  const holder = lease?.rolloutId;
  if (holder === undefined) return plan;
  const held = await readRollout(store, holder);
  if (held === undefined || isEnded(held.record.phase)) return plan;
  const waits = onBusy === 'queue' || onBusy === 'replace';
  const message = waits ? warnings.queued(holder, lease?.queue?.length ?? 0) : warnings.held(holder);
  return { ...plan, warnings: [...plan.warnings, { code: 'scaleSetHeld', message }] };
}
