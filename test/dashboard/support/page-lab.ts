import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { Page } from 'playwright-core';
import { pageFiles } from '../../../src/functions/page-files.ts';
import { bundlePage } from '../../../tools/page.ts';
import { bindPage } from '../../lab/bound-app.ts';
import { startLab } from '../../lab/lab.ts';
import type { Lab, LabOptions } from '../../lab/lab.ts';

/** The whole product in virtual time, behind an address that a browser can open. */
export interface PageLab extends AsyncDisposable {
  readonly lab: Lab;
  readonly url: string;
  /** While set, nobody answers: every connection is cut. */
  gone: boolean;
  /** Each request that came, as `GET /api/rollouts`. */
  readonly requests: string[];
}

let built: Promise<void> | undefined;

async function build(): Promise<void> {
  const { files } = await bundlePage();
  bindPage(pageFiles(files));
}

export async function startPageLab(options: LabOptions = {}): Promise<PageLab> {
  await (built ??= build());
  const lab = await startLab(options);
  const requests: string[] = [];
  const server = serve({
    hostname: '127.0.0.1',
    port: 0,
    fetch: async (request) => {
      if (place.gone) throw new Error('gone');
      requests.push(`${request.method} ${new URL(request.url).pathname}`);
      return lab.host.request(request);
    },
  });
  await once(server, 'listening');
  const place: PageLab = {
    lab,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/dashboard`,
    gone: false,
    requests,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
      await lab[Symbol.asyncDispose]();
    },
  };
  return place;
}

/** Sets the browser's clock to the lab's, and lets it run on from there. */
export async function onLabTime(page: Page, { lab }: PageLab): Promise<void> {
  await page.clock.install({ time: lab.ports.clock.now() });
}
