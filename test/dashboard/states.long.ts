import { afterAll, describe, expect, it } from 'vitest';
import { openShot, SCENES } from './scenes/open.ts';
import { expectAccessible } from './support/axe.ts';
import { browserOrReason } from './support/browser.ts';

const browser = await browserOrReason();
afterAll(() => browser?.close());

const NARROW = { width: 360, height: 860 };

describe.skipIf(browser === undefined)('each page in each of its states', () => {
  // Feature [The page] Light and dark, at 360 px, without a violation that axe finds (new 15)
  //   shown by: each page in each of its states > has no violation that axe finds, and never scrolls sideways: waiting
  it.each(Object.entries(SCENES))(
    'has no violation that axe finds, and never scrolls sideways: %s',
    async (_name, scene) => {
      await scene(async (place, shot) => {
        if (browser === undefined) return;
        await using opened = await openShot(browser, place, shot, { viewport: NARROW });
        const { page, faults } = opened;
        const width = await page.evaluate('document.documentElement.scrollWidth');
        expect(width, shot.name).toBeLessThanOrEqual(NARROW.width);
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          // A page that is still loading has no heading yet.
          if (!shot.name.endsWith('-loading')) await expectAccessible(page, `${shot.name}, ${colorScheme}`);
        }
        expect(faults, shot.name).toEqual([]);
      });
    },
  );
});
