import type { Page } from 'playwright-core';
import { WEB } from '../../lab/names.ts';
import { put } from '../../lab/schedules.ts';
import { startPageLab } from '../support/page-lab.ts';
import type { PageLab } from '../support/page-lab.ts';
import { setPath, shootAs } from './scene.ts';
import type { Take } from './scene.ts';

const SHORT = 420;

/** Pages with nothing on them, before there is an answer, and for people who are not let in. */
export async function quiet(shoot: Take): Promise<void> {
  await using place = await startPageLab({ scaleSets: [] });
  await shoot(place, { name: 'scale-sets-empty', path: '/', height: SHORT });
  await shoot(place, { name: 'rollouts-empty', path: '/rollouts', height: SHORT });
  await shoot(place, { name: 'schedules-empty', path: '/schedules', height: SHORT });
  await shoot(place, { name: 'on-call-quiet', path: '/on-call', height: 600 });
  await shoot(place, { name: 'page-missing', path: '/nowhere', height: SHORT });
  await shoot(place, { name: 'rollout-missing', path: '/rollouts/none', height: SHORT });
  const loading = loadingIn(place);
  await shoot(place, { name: 'scale-sets-loading', path: '/', height: SHORT, before: loading });
  await shoot(place, { name: 'rollout-loading', path: '/rollouts/one', height: SHORT, before: loading });
  await shoot(place, { name: 'key-asked', path: '/', height: 480, before: keyedIn(place) });
  await shootAs(place, 'nobody', () => shoot(place, { name: 'key-signed-out', path: '/', height: SHORT }));
  await shootAs(place, [], () => shoot(place, { name: 'key-no-role', path: '/', height: SHORT }));
}

function loadingIn(place: PageLab) {
  return async (page: Page): Promise<void> => {
    place.stalled = true;
    await page.reload();
    await page.getByText('Loading…').waitFor();
    place.stalled = false;
  };
}

function keyedIn(place: PageLab) {
  return async (page: Page): Promise<void> => {
    place.key = 'a key';
    await page.reload();
    await page.getByLabel('Function key').waitFor();
    place.key = undefined;
  };
}

/** A set that nothing happens to, and a schedule for it. */
export async function scheduled(shoot: Take): Promise<void> {
  await using place = await startPageLab({ count: 15 });
  await put(place.lab, {
    scaleSets: [WEB],
    windows: { open: [{ cron: '0 22 * * *', durationMinutes: 60 }] },
  });
  await shoot(place, { name: 'schedules-list', path: '/schedules', height: SHORT });
  await shoot(place, { name: 'schedules-one', path: '/schedules/monthly' });
  await shoot(place, { name: 'scale-set-idle', path: setPath('web'), height: 700 });
}
