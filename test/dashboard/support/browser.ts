import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

/**
 * A real Chromium, from the package that carries one for Linux on x64, else the Chrome of this machine. Nothing where
 * none starts, which is said; in CI one has to start.
 */
export async function browserOrReason(): Promise<Browser | undefined> {
  try {
    return await chromium.launch(await launchOptions());
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (process.env['CI'] === 'true') throw new Error(`no browser starts here: ${why}`, { cause: error });
    console.log(`what needs a browser is skipped: none starts here: ${why.split('\n')[0] ?? ''}`);
    return undefined;
  }
}

async function launchOptions() {
  const args = ['--no-sandbox', '--disable-dev-shm-usage'];
  if (process.platform !== 'linux' || process.arch !== 'x64') return { channel: 'chrome', args };
  const { default: packed } = await import('@sparticuz/chromium');
  const executablePath = await packed.executablePath();
  // Where the machine has no fonts of its own, those of the package.
  const fonts = existsSync('/etc/fonts/fonts.conf') ? '/etc/fonts' : join(tmpdir(), 'fonts');
  return { executablePath, args, env: { ...process.env, FONTCONFIG_PATH: fonts } };
}
