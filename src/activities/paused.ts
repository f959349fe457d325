import type { Answer } from '../core/answer.ts';
import { wait } from './brief.ts';
import type { Brief } from './brief.ts';
import type { Ports } from './ports.ts';

/** Nothing is sent while the rollout is paused; what is under way goes on. */
export async function waitWhilePaused(brief: Brief, ports: Ports): Promise<Answer> {
  const { record, standing } = brief;
  const { id, failure } = record;
  const why =
    standing.pausedBy === undefined
      ? `paused after a failure (${failure?.code ?? 'unknown'}): vmss-rollout retry ${id}, resume ${id} or rollback ${id}`
      : `paused by ${standing.pausedBy}: vmss-rollout resume ${id}`;
  return wait(brief, ports, {
    seconds: Number.POSITIVE_INFINITY,
    phase: record.course.kind === 'back' ? 'rollingBack' : record.phase,
    waitingFor: { kind: 'resume', message: why },
  });
}
