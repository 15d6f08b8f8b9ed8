import { Component, h, type FunctionComponent, type VNode } from 'preact';

/** A component that is drawn again only when a property is another value or object. */
export function memo<Props extends object>(draw: (props: Props) => VNode | null): FunctionComponent<Props> {
  class Memo extends Component<Props> {
    override shouldComponentUpdate(next: Readonly<Props>): boolean {
      const names = new Set([...Object.keys(this.props), ...Object.keys(next)]);
      const before = this.props as Record<string, unknown>;
      const after = next as Record<string, unknown>;
      return [...names].some((name) => !Object.is(before[name], after[name]));
    }

    override render(): VNode {
      return h(draw as unknown as FunctionComponent, this.props);
    }
  }
  return Memo as unknown as FunctionComponent<Props>;
}
