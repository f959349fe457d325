import type { Ports } from '../activities/frame/ports.ts';
import { survey } from '../activities/looks/survey.ts';
import type { Survey } from '../activities/looks/survey.ts';
import { refuseOpenSecrets } from '../core/spec/open-secrets.ts';
import type { RolloutSpec } from '../core/spec/spec.ts';

/** What a rollout of this spec would do; reads only. */
export async function previewRollout(spec: RolloutSpec, ports: Ports): Promise<Survey> {
  return refuseOpenSecrets(spec) ?? survey(spec, ports, { takesShort: true });
}
