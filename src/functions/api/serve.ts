import { createHash } from 'node:crypto';
import type { HttpHandler } from '@azure/functions';
import type { App } from '../app.ts';
import { handle, jsonWithEtag, noQuery } from '../request.ts';
import { apiDocument } from './document.ts';
import type { ApiDocument } from './document.ts';
import { apiPage, PAGE_STYLE, PAGE_TYPE } from './page.ts';

const documents = new Map<string, ApiDocument>();

/** Made when somebody first asks: most processes never show it. */
function documentOf({ version }: App): ApiDocument {
  const made = documents.get(version) ?? apiDocument(version);
  documents.set(version, made);
  return made;
}

/** `GET /openapi.json` */
export function getOpenApi(app: App): HttpHandler {
  return handle((request) => {
    noQuery(request);
    return Promise.resolve(jsonWithEtag(request, documentOf(app)));
  });
}

/** The page loads nothing, runs nothing, and stands in no other page. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(PAGE_STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** `GET /docs` */
export function getApiPage(app: App): HttpHandler {
  return handle((request) => {
    noQuery(request);
    const headers = {
      'content-type': PAGE_TYPE,
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
    };
    return Promise.resolve({ status: 200, headers, body: apiPage(documentOf(app)) });
  });
}
