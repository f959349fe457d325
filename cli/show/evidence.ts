import type { Evidence, Explanation } from '../api/shapes.ts';
import { fields } from './table.ts';

/** What each failed instance showed, and what had been written to it. */
export function evidenceText(failures: Explanation['failures']): string {
  return (failures ?? [])
    .map(({ instanceId, code, message, evidence }) =>
      fields([
        [`instance ${instanceId}`, [code, message].filter(Boolean).join(': ')],
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
    ['guest agent', inWords(evidence.agent)],
    ['health', inWords(evidence.health)],
    ...(extensions ?? []).map((one) => [`extension ${one.name}`, inWords(one)] as const),
    ['image', evidence.image],
    ['written', write && writeInWords(write)],
    ['had to be healthy by', evidence.healthyBy],
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
  return `${state}${message ? `: ${message}` : ''}${at ? ` (${at})` : ''}`;
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
    intendedAt && `intended ${intendedAt}`,
    acceptedAt && `accepted ${acceptedAt}`,
    endedAt && `ended ${endedAt}`,
    requestId && `request ${requestId}`,
  ].filter(Boolean);
  const outcome = error ? `${status}, ${error.code}: ${error.message}` : status;
  return `${action}, ${outcome} (${times.join(', ')})`;
}
