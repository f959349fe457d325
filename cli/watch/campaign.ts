import { call } from '../../client/call.ts';
import { campaignShape as shape, type Campaign } from '../api/campaigns.ts';
import { askedWait, isPassing, retryAfterSeconds, sendPatiently, understand } from '../api/client.ts';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { campaigns as words } from '../messages/campaigns.ts';
import { print, type OutputOptions } from '../output.ts';
import { campaignText } from '../show/campaign.ts';

export interface WaitForCampaign extends OutputOptions {
  readonly wait?: boolean;
  readonly timeout?: number;
}

const CODES: Readonly<Record<string, ExitCode>> = {
  succeeded: EXIT.done,
  rolledBack: EXIT.rolledBack,
  halted: EXIT.failed,
  failed: EXIT.failed,
  refused: EXIT.refused,
  rejected: EXIT.rejected,
  cancelled: EXIT.rejected,
};

const PAUSE_SECONDS = 10;

/** Prints the campaign: at once, or with `--wait` when it has ended; the exit code says how. */
export async function followCampaign(
  context: Context,
  first: Campaign,
  options: WaitForCampaign,
  pauseSeconds = PAUSE_SECONDS,
): Promise<ExitCode> {
  const show = (campaign: Campaign) => print(context, campaign, { ...options, words: campaignText });
  if (options.wait !== true) {
    await show(first);
    return EXIT.done;
  }
  const until = context.clock.now() + (options.timeout ?? Infinity) * 1000;
  let [campaign, pause, told] = [first, pauseSeconds, ''];
  for (;;) {
    const line = progressOf(campaign);
    if (line !== told) context.err(`${line}\n`);
    told = line;
    const code = codeOf(campaign);
    if (code !== undefined || context.clock.now() >= until || context.interrupted.aborted) {
      await show(campaign);
      if (code !== undefined) return code;
      context.err(`${words.continues(campaign.id)}\n`);
      return context.interrupted.aborted ? EXIT.interrupted : EXIT.timedOut;
    }
    await context.clock.sleep(pause, context.interrupted);
    if (!context.interrupted.aborted) ({ campaign, pause } = await next(context, campaign));
  }
}

/** A failure has paused it: nobody would be told who only waits for the end. */
function codeOf({ phase, paused, rollbackOf }: Campaign): ExitCode | undefined {
  // One that undoes another has done what was asked of it
  if (phase === 'rolledBack' && rollbackOf !== undefined) return EXIT.done;
  return phase === 'paused' && paused?.by === null ? EXIT.paused : CODES[phase];
}

/** An app that does not answer for a while is waited for: the campaign goes on without this command. */
async function next(
  context: Context,
  campaign: Campaign,
): Promise<{ readonly campaign: Campaign; readonly pause: number }> {
  try {
    const asked = call('getCampaign', { path: { id: campaign.id } });
    const answer = await sendPatiently(context, asked, { repeatable: true });
    const pause = retryAfterSeconds(answer.headers) ?? PAUSE_SECONDS;
    return { campaign: understand(context, answer, shape), pause };
  } catch (error) {
    if (context.interrupted.aborted || !isPassing(error)) throw error;
    return { campaign, pause: askedWait(error) ?? PAUSE_SECONDS };
  }
}

function progressOf({ phase, scaleSets, waitingFor }: Campaign): string {
  const { total, succeeded, failed, skipped, rolledBack } = scaleSets;
  const line = words.progress(phase, succeeded + failed + skipped + rolledBack, total);
  return waitingFor === undefined ? line : `${line}; ${waitingFor.message}`;
}
