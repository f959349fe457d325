import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium as browsers } from 'playwright-core';
import type { Browser } from 'playwright-core';

/** Or why there is none here. */
export type FoundBrowser = { readonly browser: Browser } | { readonly why: string };

let found: Promise<FoundBrowser> | undefined;

/** A real Chromium, from the package that carries one for Linux on x64, else the Chrome of this machine. */
export function theBrowser(): Promise<FoundBrowser> {
  found ??= start();
  return found;
}

async function start(): Promise<FoundBrowser> {
  try {
    return { browser: await browsers.launch(await launchOptions()) };
  } catch (error) {
    return { why: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) };
  }
}

async function launchOptions() {
  const args = ['--no-sandbox', '--disable-dev-shm-usage'];
  if (process.platform !== 'linux' || process.arch !== 'x64') return { channel: 'chrome', args };
  const { default: chromium } = await import('@sparticuz/chromium');
  const executablePath = await chromium.executablePath();
  // Where the machine has no fonts of its own, those of the package.
  const fonts = existsSync('/etc/fonts/fonts.conf') ? '/etc/fonts' : join(tmpdir(), 'fonts');
  return { executablePath, args, env: { ...process.env, FONTCONFIG_PATH: fonts } };
}
