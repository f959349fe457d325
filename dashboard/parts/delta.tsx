import type { JSX } from 'preact';
import type { Change, Plan } from '../api/shapes.ts';
import { valueText } from '../view/text.ts';

/** What is changed, property by property, and what is to be known of it. */
export function Delta({
  plan,
  title = 'Change',
}: {
  readonly plan: Plan;
  readonly title?: string;
}): JSX.Element {
  const { delta, warnings, skipped = [], unrecoverable = [] } = plan;
  return (
    <section aria-label={title}>
      <h2>
        {title} <span class="pill old">{plan.class}</span>
      </h2>
      {delta.length === 0 && <p class="soft">The model stays as it is.</p>}
      {delta.map((change) => (
        <ChangeLine key={change.path} change={change} />
      ))}
      <ul class="warnings">
        {unrecoverable.map(({ path, why }) => (
          <li key={path} class="bad">
            <code>{path}</code> cannot be put back: {why}
          </li>
        ))}
        {warnings.map(({ code, message }) => (
          <li key={`${code} ${message}`} class="wait">
            {message}
          </li>
        ))}
        {skipped.map(({ instance, reason }) => (
          <li key={instance} class="off">
            Instance {instance} is skipped: {reason}
          </li>
        ))}
      </ul>
    </section>
  );
}

function ChangeLine({ change: { path, before, after } }: { readonly change: Change }): JSX.Element {
  return (
    <div class="change">
      <code class="path">
        {path.split('.').flatMap((part, index) => (index === 0 ? [part] : [<wbr key={index} />, `.${part}`]))}
      </code>
      <code class="before">
        <span aria-hidden="true">− </span>
        <span class="unseen">before: </span>
        {valueText(before)}
      </code>
      <code class="after">
        <span aria-hidden="true">+ </span>
        <span class="unseen">after: </span>
        {valueText(after)}
      </code>
    </div>
  );
}
