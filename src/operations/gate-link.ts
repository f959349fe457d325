import type { Ports } from '../activities/frame/ports.ts';
import type { Notice } from '../core/notices/notice.ts';

/** Where people look at what a notice is about. */
export function pageOf(rollout: string, _notice: Notice, { notices }: Ports): string | undefined {
  if (notices?.pageUrl === undefined) return undefined;
  return `${notices.pageUrl}/rollouts/${rollout}`;
}
