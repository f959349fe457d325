import type { Ports } from '../activities/frame/ports.ts';
import { surveyGuards } from '../activities/looks/survey-guards.ts';
import { survey } from '../activities/looks/survey.ts';
import type { Survey } from '../activities/looks/surveyed.ts';
import { runbookFor } from '../core/record/runbook.ts';
import { refuseOpenSecrets } from '../core/spec/open-secrets.ts';
import type { RolloutSpec } from '../core/spec/spec.ts';
import { judgeByPolicy } from './policy.ts';
import type { Forbidden } from './policy.ts';

/** What a rollout of this spec would do; reads only. */
export async function previewRollout(spec: RolloutSpec, ports: Ports): Promise<Survey | Forbidden> {
  const refusal = refuseOpenSecrets(spec);
  if (refusal !== undefined) return refusal;
  const forbidden = await judgeByPolicy(spec, ports);
  if (forbidden !== undefined) return forbidden;
  return runbookFor(spec) === 'guardRestoration'
    ? surveyGuards(spec, ports, { takesShort: true })
    : survey(spec, ports, { takesShort: true });
}
