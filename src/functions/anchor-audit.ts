import type { TimerHandler } from '@azure/functions';
import { anchorAudit } from '../operations/anchor-audit.ts';
import type { App } from './app.ts';

/** The timer that writes down where nobody can change it how far the audit has come. */
export function anchorAuditTimer(app: App): TimerHandler {
  return async () => {
    await anchorAudit(app.ports());
  };
}
