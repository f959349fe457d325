import type { Told } from './cloud-event.ts';
import { linesOf } from './lines.ts';

/** An adaptive card for a channel of Microsoft Teams. Runs of text know no markup: no name or reason becomes a link. */
export function teamsCard(told: Told): object {
  const { title, message, facts, link } = linesOf(told);
  const line = (inlines: readonly object[]): object => ({ type: 'RichTextBlock', inlines });
  const run = (text: string, more: object = {}): object => ({ type: 'TextRun', text, ...more });
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: [
            line([run(title, { size: 'medium', weight: 'bolder' })]),
            line([run(message)]),
            ...facts.map(([name, value]) => line([run(`${name}: `, { isSubtle: true }), run(value)])),
          ],
          actions: link === undefined ? [] : [{ type: 'Action.OpenUrl', title: link.text, url: link.url }],
        },
      },
    ],
  };
}
