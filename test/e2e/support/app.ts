import { undescribed } from '../../lab/described.ts';

/** Loosely typed on purpose: tests name the fields that they expect. */
type Json = ReturnType<typeof JSON.parse>;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Json;
}

/** One request to the function app; the body is sent as it stands if it is a text, else as JSON. */
export async function ask(
  url: string,
  method: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const answer = await fetch(url, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    signal: AbortSignal.timeout(30_000),
  });
  const text = await answer.text();
  const { status, headers: told } = answer;
  const reply = { status, headers: told, text, body: parsed(text) };
  const { pathname } = new URL(url);
  if (pathname.startsWith('/api/')) {
    const type = told.get('content-type') ?? '';
    const wrong = undescribed(method, pathname.slice('/api'.length), { status, type, body: reply.body });
    if (wrong !== undefined) throw new Error(`${method} ${pathname} is not as described: ${wrong}`);
  }
  return reply;
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
