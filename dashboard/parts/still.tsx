import { Component } from 'preact';
import type { ComponentChild, ComponentType } from 'preact';

/** A component that is drawn anew only when something looks different: most polls change little of a long list. */
export function still<Props extends object>(
  isSame: (one: Readonly<Props>, other: Readonly<Props>) => boolean,
  render: (props: Readonly<Props>) => ComponentChild,
): ComponentType<Props> {
  return class extends Component<Props> {
    override shouldComponentUpdate(next: Readonly<Props>): boolean {
      return !isSame(this.props, next);
    }

    override render(props: Readonly<Props>): ComponentChild {
      return render(props);
    }
  };
}
