import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { pageFiles } from '../../../src/functions/page-files.ts';
import { bundlePage } from '../../../tools/page.ts';
import { bindPage } from '../../lab/bound-app.ts';
import { startLab } from '../../lab/lab.ts';
import type { Lab, LabOptions } from '../../lab/lab.ts';

/** An answer that a browser was given. */
interface Answered {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

/** The whole product in virtual time, behind an address that a browser can open. */
export interface PageLab extends AsyncDisposable {
  readonly lab: Lab;
  readonly url: string;
  /** While set, nobody answers: every connection is cut. */
  gone: boolean;
  /** While set, the page itself is served, and its questions are never answered. */
  stalled: boolean;
  /** While set, what is asked for is done, and the connection is cut before the answer. */
  losesAnswers: boolean;
  /** A function key, which is asked for as the host does with `ROLLOUT_KEY=required`: before the app, without a word. */
  key: string | undefined;
  /** The token that App Service Authentication hands on for whoever has signed in; `undefined` while nobody has. */
  session: string | undefined;
  /** Whom its sign-in lets in. */
  signIn: () => Promise<string>;
  readonly answers: Answered[];
}

let built: Promise<void> | undefined;

async function build(): Promise<void> {
  const { files } = await bundlePage();
  bindPage(pageFiles(files));
}

export async function startPageLab(options: LabOptions = {}): Promise<PageLab> {
  await (built ??= build());
  const lab = await startLab(options);
  const answers: Answered[] = [];
  const server = serve({
    hostname: '127.0.0.1',
    port: 0,
    fetch: async (request, { incoming }) => {
      // The connection is cut: there is nobody who could answer.
      if (place.gone) {
        incoming.socket.destroy();
        return new Response();
      }
      const answered = await answer(request);
      if (place.losesAnswers && request.method !== 'GET') incoming.socket.destroy();
      return answered;
    },
  });
  await once(server, 'listening');

  async function answer(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === '/.auth/login/aad') {
      place.session = await place.signIn();
      const location = searchParams.get('post_login_redirect_uri') ?? '/';
      return new Response(null, { status: 302, headers: { location } });
    }
    if (place.stalled && !pathname.startsWith('/api/dashboard')) return new Promise(() => {});
    const isOpen = /^\/api\/(dashboard|health)(\/|$)/.test(pathname);
    if (place.key !== undefined && !isOpen && request.headers.get('x-functions-key') !== place.key)
      return new Response(null, { status: 401 });
    if (place.session !== undefined) request.headers.set('x-ms-token-aad-id-token', place.session);
    const response = await lab.host.request(request);
    answers.push({ method: request.method, path: pathname, status: response.status });
    return response;
  }

  const place: PageLab = {
    lab,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/dashboard`,
    gone: false,
    stalled: false,
    losesAnswers: false,
    key: undefined,
    session: undefined,
    signIn: () => Promise.reject(new Error('nobody signs in here')),
    answers,
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

/** What a page has said that it should not have. */
export interface Opened extends AsyncDisposable {
  readonly page: Page;
  /** Errors of scripts, and what the browser refuses by the policy. */
  readonly faults: readonly string[];
}

/** Opens a page with the browser's clock set to the lab's, and running on from there. */
export async function openPage(
  browser: Browser,
  place: PageLab,
  path: string,
  options: BrowserContextOptions = {},
): Promise<Opened> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy|TrustedHTML/.test(message.text())) faults.push(message.text());
  });
  page.on('dialog', (dialog) => {
    faults.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.setDefaultTimeout(20_000);
  await page.clock.install({ time: place.lab.ports.clock.now() });
  await page.goto(`${place.url}${path}`);
  return { page, faults, [Symbol.asyncDispose]: () => context.close() };
}
