import { http } from '../core/messages/http.ts';
import { app as functions } from '@azure/functions';
import type { HttpMethod } from '@azure/functions';
import { problemResponse } from './problem.ts';
import type { SettingsError } from './settings.ts';

const EVERY_METHOD: HttpMethod[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * Registers what an app with wrong settings can answer: which they are. A worker that does not start leaves the
 * Functions host running and every path 404, which tells an operator nothing, and a pipeline that its rollout is gone.
 */
export function registerUnready({ message, errors, isAboutCallers }: SettingsError): void {
  const code = isAboutCallers ? 'notConfigured' : 'wrongSettings';
  const remedy = http.wrongSettingsRemedy;
  functions.http('getHealth', {
    methods: ['GET'],
    route: 'health',
    authLevel: 'anonymous',
    handler: () => problemResponse({ status: 503, code, detail: message, errors, remedy }),
  });
  functions.http('notReady', {
    methods: EVERY_METHOD,
    route: '{*path}',
    authLevel: 'function',
    handler: () => {
      const detail = http.wrongSettings;
      return problemResponse({ status: 503, code, detail, retryAfterSeconds: 30 });
    },
  });
}
