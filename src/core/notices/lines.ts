import { notices as words } from '../messages/notices.ts';
import type { Told } from './cloud-event.ts';

/** What a channel shows of a notice: a heading, what happened, and what people look things up by. */
export interface Lines {
  readonly title: string;
  readonly message: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly link: { readonly text: string; readonly url: string } | undefined;
}

const MOST_TITLE = 150;
const MOST_MESSAGE = 2000;

export function linesOf(told: Told): Lines {
  const { kind, phase, page, remedy, until, reason, rollout, scaleSet, campaign } = told;
  const named = told.name ?? scaleSet?.slice(scaleSet.lastIndexOf('/') + 1) ?? '';
  const facts = [
    [words.facts.rollout, rollout],
    [words.facts.scaleSet, scaleSet],
    [words.facts.campaign, campaign],
    [words.facts.until, until],
    [words.facts.reason, reason],
    [words.facts.remedy, remedy],
  ].filter((fact): fact is [string, string] => fact[1] !== undefined);
  return {
    title: cut(words.title(named, kind, phase), MOST_TITLE),
    message: cut(told.message, MOST_MESSAGE),
    facts,
    link:
      page === undefined
        ? undefined
        : { text: campaign === undefined ? words.open(kind) : words.openCampaign(kind), url: page },
  };
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
