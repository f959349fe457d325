import type { HttpHandler, HttpRequest, HttpResponseInit } from '@azure/functions';
import type { App } from './app.ts';
import type { PageFile } from './page-files.ts';
import { notFound } from './problem.ts';
import { handle } from './request.ts';

const INDEX = 'index.html';
/** Below it a file's name has the hash of what is in it. */
const HASHED = 'assets/';

const FOREVER = ['public', 'max-age=31536000', 'immutable'].join(', ');

/** Nothing but the page's own files runs or shows, and no other page frames it. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  // The page starts one thread, which reads for it; a policy of that name gives leave to no other script.
  ['trusted-types', 'reader'].join(' '),
].join('; ');

const GUARDS: Readonly<Record<string, string>> = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/**
 * `GET /dashboard` and below: the page's files, for anybody. They tell nothing: what the page shows comes from the API,
 * which asks who it is. A path that is no file is one of the page's own, so the page itself is the answer.
 */
export function getPage(app: App): HttpHandler {
  return handle((request) => {
    const path = request.params['path'] ?? '';
    const file = app.page().get(path.startsWith(HASHED) ? path : INDEX);
    if (file === undefined) throw notFound(path.startsWith(HASHED) ? 'such file' : 'page');
    return Promise.resolve(answer(request, file, path.startsWith(HASHED)));
  });
}

function answer(request: HttpRequest, file: PageFile, isHashed: boolean): HttpResponseInit {
  const headers = {
    ...GUARDS,
    etag: file.etag,
    vary: 'accept-encoding',
    'cache-control': isHashed ? FOREVER : 'no-cache',
  };
  const known = (request.headers.get('if-none-match') ?? '').replaceAll('W/', '').split(/, */);
  if (known.includes(file.etag)) return { status: 304, headers };
  const packs = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '');
  return {
    status: 200,
    headers: { ...headers, 'content-type': file.type, ...(packs && { 'content-encoding': 'gzip' }) },
    body: packs ? file.packed : file.content,
  };
}
