import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageFiles } from '../../src/functions/page-files.ts';
import { bundlePage } from '../../tools/page.ts';
import { bindPage } from '../lab/bound-app.ts';
import { startLab } from '../lab/lab.ts';
import type { Lab } from '../lab/lab.ts';

const MOST_SCRIPT_BYTES = 25 * 1024;

const bundle = await bundlePage();
const text = new Map(
  bundle.files.map(({ path, contents }) => [path, Buffer.from(contents).toString('utf8')]),
);
const html = text.get('index.html') ?? '';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ count: 1 });
  bindPage(pageFiles(bundle.files));
});
afterAll(() => lab[Symbol.asyncDispose]());

async function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return lab.host.request(new Request(`http://app/api/dashboard${path}`, { headers }));
}

/** What a script asks for as soon as it runs, and what that asks for. */
function withImports(file: string, known = new Set<string>()): ReadonlySet<string> {
  known.add(file);
  for (const [, name = ''] of (text.get(file) ?? '').matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g))
    if (!known.has(`assets/${name}`)) withImports(`assets/${name}`, known);
  return known;
}

const scripts = [...text.keys()].filter((path) => path.endsWith('.js'));
const [entry = ''] = [...html.matchAll(/<script[^>]* src="\/api\/dashboard\/([^"]+)"/g)].map(
  ([, path]) => path,
);
const namedIn = (script: string): readonly string[] =>
  scripts.filter((path) => (text.get(script) ?? '').includes(path.replace('assets/', './')));
/** Each page is a script of its own, fetched by the first when it is shown; some by a script between them. */
const more = namedIn(entry).find((path) => path.includes('/more-')) ?? '';
const pages = [...new Set([...namedIn(entry), ...namedIn(more)])];

/** And the thread that reads for the page. */
const threads = scripts.filter((path) => path.includes('/reader-'));

describe('the page’s files', () => {
  it('cost at most 25 kB of packed script in the first load, whichever page is first', () => {
    expect(pages.length).toBeGreaterThan(1);
    expect(threads).toHaveLength(1);
    for (const page of pages) {
      const between = namedIn(entry).includes(page) ? [] : [more];
      const loaded = [...new Set([...withImports(entry), ...between, ...withImports(page), ...threads])];
      const bytes = loaded.reduce(
        (sum, path) => sum + gzipSync(text.get(path) ?? '', { level: 9 }).length,
        0,
      );
      expect(bytes, page).toBeLessThanOrEqual(MOST_SCRIPT_BYTES);
    }
  });

  it('name no other host, and hold no inline script or style', () => {
    for (const [path, content] of text) {
      const hosts = [...content.matchAll(/https?:\/\/[\w.-]+/g)].map(([host]) => host);
      // Names of namespaces, which nobody fetches.
      expect(
        hosts.filter((host) => host !== 'http://www.w3.org'),
        path,
      ).toEqual([]);
    }
    expect(html).not.toMatch(/<script(?![^>]* src=)|<style|\sstyle=|\son\w+=/);
  });

  it('are the same to the byte in two builds', async () => {
    expect(await bundlePage()).toEqual(bundle);
  });

  it('show the page at its own addresses, to whoever asks, under a policy that lets nothing else run', async () => {
    for (const path of ['', '/', '/rollouts/20261121-080000-99f9b450', '/scale-sets/s/a.group/web']) {
      const answer = await get(path);
      expect(answer.status, path).toBe(200);
      expect(await answer.text()).toBe(html);
      expect(answer.headers.get('content-type')).toBe('text/html;charset=utf-8');
      expect(answer.headers.get('cache-control')).toBe('no-cache');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      const policy = answer.headers.get('content-security-policy')?.split('; ') ?? [];
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("style-src 'self'");
      expect(policy).toContain("connect-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
    }
  });

  it('are sent packed to whoever can unpack them, and only once', async () => {
    for (const { path, contents } of bundle.files.filter((file) => file.path.startsWith('assets/'))) {
      const answer = await get(`/${path}`, { 'accept-encoding': 'gzip, br' });
      expect(answer.headers.get('content-encoding')).toBe('gzip');
      expect(gunzipSync(await answer.arrayBuffer()).equals(contents)).toBe(true);
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      const again = await get(`/${path}`, { 'if-none-match': answer.headers.get('etag') ?? '' });
      expect(again.status).toBe(304);
    }
  });

  it('are no way to other files', async () => {
    for (const path of ['/assets/none.js', '/assets/../../host.json', '/assets/%2e%2e/main.js']) {
      const answer = await get(path);
      expect(answer.status === 404 || (await answer.text()) === html, path).toBe(true);
    }
    expect((await get('/assets/none.js')).status).toBe(404);
  });
});
