import type { Answered, Asked } from './exchange.ts';

/** The simulator's exchanges as the web has them. */
export async function overWeb(
  request: Request,
  answer: (asked: Asked) => Promise<Answered>,
): Promise<Response> {
  const { method, url, headers, signal } = request;
  const text = await request.text();
  const answered = await answer({ method, url: new URL(url), headers, text, signal });
  return new Response(answered.text ?? null, { status: answered.status, headers: { ...answered.headers } });
}
