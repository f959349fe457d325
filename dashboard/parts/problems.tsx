import type { JSX } from 'preact';
import type { Draft } from '../live/draft.ts';
import { sentence } from '../view/text.ts';

/** What the app says against it; problems of fields in the form stand there, too. */
export function Problems({
  draft: { trouble, problems },
}: {
  readonly draft: Pick<Draft<unknown>, 'trouble' | 'problems'>;
}): JSX.Element | null {
  if (trouble.value === undefined) return null;
  const { message, remedy } = trouble.value;
  return (
    <div class="stale" role="alert">
      {problems.value.size === 0 ? (
        <p>{sentence(message)}</p>
      ) : (
        <ul>
          {[...problems.value].map(([path, problem]) => (
            <li key={path}>
              <code>{path}</code> {problem}
            </li>
          ))}
        </ul>
      )}
      {remedy !== undefined && <p>{sentence(remedy)}</p>}
    </div>
  );
}
