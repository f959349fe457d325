import type { Told } from './cloud-event.ts';
import { linesOf } from './lines.ts';

/** Blocks for a channel of Slack. Plain text knows no markup: no name or reason becomes a link or a mention. */
export function slackBlocks(told: Told): object {
  const { title, message, facts, link } = linesOf(told);
  const plain = (text: string): object => ({ type: 'plain_text', text, emoji: false });
  return {
    // Where no blocks are shown, Slack takes this for markup.
    text: title.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    blocks: [
      { type: 'header', text: plain(title) },
      { type: 'section', text: plain(message) },
      { type: 'context', elements: facts.map(([name, value]) => plain(`${name}: ${value}`)) },
      ...(link === undefined
        ? []
        : [{ type: 'actions', elements: [{ type: 'button', text: plain(link.text), url: link.url }] }]),
    ],
  };
}
