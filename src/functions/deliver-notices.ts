import type { TimerHandler } from '@azure/functions';
import { logs } from '../core/messages/logs.ts';
import { addressNotices } from '../operations/address-notices.ts';
import { alarmOfDeadLetter } from '../core/run/alarms.ts';
import { deliverNotices } from '../operations/deliver-notices.ts';
import type { App } from './app.ts';

/** The timer that sends notices on their way; no rollout waits for it. */
export function deliverNoticesTimer(app: App): TimerHandler {
  return async (_timer, context) => {
    await addressNotices(app.ports(), (rollout, error) =>
      context.error(logs.noticesNotAddressed(rollout), error),
    );
    await deliverNotices(app.ports(), (id, code) => {
      const alarm = alarmOfDeadLetter(logs.noticeGivenUp(id, code), app.ports().clock.now());
      context.warn(`alarm ${JSON.stringify(alarm)}`);
    });
  };
}
