import type { Evidence, Explanation } from '../api/shapes.ts';
import { fields } from './table.ts';
import { label } from '../messages/labels.ts';
import { evidence as words } from '../messages/rollout.ts';

/** What each failed instance showed, and what had been written to it. */
export function evidenceText(failures: Explanation['failures']): string {
  return (failures ?? [])
    .map(({ instanceId, code, message, evidence }) =>
      fields([
        [label.instance(instanceId), [code, message].filter(Boolean).join(': ')],
        ...evidencePairs(evidence).map(([name, value]) => [`  ${name}`, value] as const),
      ]),
    )
    .join('\n');
}

/** Evidence in words, one line a status. */
export function evidencePairs(
  evidence: Evidence | null | undefined,
): readonly (readonly [name: string, value: string | null | undefined])[] {
  if (!evidence) return [];
  const { provisioning, extensions, write } = evidence;
  return [
    ['seen', evidence.seenAt],
    ['provisioning', inWords(provisioning)],
    ['power', evidence.power],
    [label.guestAgent, inWords(evidence.agent)],
    ['health', inWords(evidence.health)],
    ...(extensions ?? []).map((one) => [label.extension(one.name), inWords(one)] as const),
    ['image', evidence.image],
    ['written', write && writeInWords(write)],
    [label.healthyBy, evidence.healthyBy],
  ];
}

function inWords(
  shown:
    | { state: string; message?: string | null | undefined; at?: string | null | undefined }
    | null
    | undefined,
): string | undefined {
  if (!shown) return undefined;
  const { state, message, at } = shown;
  return words.state(state, message, at);
}

function writeInWords({
  action,
  status,
  intendedAt,
  acceptedAt,
  endedAt,
  requestId,
  error,
}: NonNullable<Evidence['write']>): string {
  const times = [
    intendedAt && words.intended(intendedAt),
    acceptedAt && words.accepted(acceptedAt),
    endedAt && words.ended(endedAt),
    requestId && words.request(requestId),
  ].filter((time) => typeof time === 'string');
  const outcome = error ? words.failed(status, error.code, error.message) : status;
  return words.write(action, outcome, times);
}
