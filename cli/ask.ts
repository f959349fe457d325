import type { Context } from './context.ts';

/** Whether the person at the terminal says yes; anything else is a no, which is told. */
export async function confirmed(context: Context, question: string, otherwise: string): Promise<boolean> {
  if (context.ask === undefined) return true;
  const answer = await context.ask(question);
  if (/^\s*y(es)?\s*$/i.test(answer)) return true;
  context.err(`${otherwise}\n`);
  return false;
}
