import type { VNode } from 'preact';

/** A person's or the bot's sign: initials on a colour of their own, or the house's mark. */
export function Avatar({
  name,
  isBot,
  small = false,
}: {
  name: string;
  isBot: boolean;
  small?: boolean;
}): VNode {
  const size = small ? 'avatar small' : 'avatar';
  if (isBot) return <img class={size} src="/page/mark.svg" alt="" />;
  return (
    <span class={size} style={{ '--hue': String(hueOf(name)) }} aria-hidden="true">
      {Array.from(name)[0]?.toUpperCase()}
    </span>
  );
}

export function hueOf(name: string): number {
  return Array.from(name).reduce((hue, letter) => (hue * 31 + (letter.codePointAt(0) ?? 0)) % 360, 200);
}
