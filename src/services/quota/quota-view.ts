/** Allowances as bars of text. */
import type { Standing } from '../../domain/quota.ts';
import type { Words } from '../text/en.ts';
import type { View } from '../visit.ts';
import type { Standings } from './till.ts';

const cells = 20;

export function quotaView(standings: Standings, words: Words): View {
  const { member, guild, paused } = standings;
  return {
    embeds: [
      {
        title: words.quota.title,
        description: [
          ...lines(words.quota.yours, member, words),
          ...(guild === null ? [] : ['', ...lines(words.quota.servers, guild, words)]),
          ...(paused ? ['', words.quota.paused] : []),
        ].join('\n'),
      },
    ],
  };
}

function lines(whose: string, standing: Standing, words: Words): string[] {
  return [`**${whose}**`, `\`${quotaBar(standing)}\``, words.quota.line(standing)];
}

/** Used, then held, then free: `███▒▒░░░`. Whatever is used shows as one cell at least. */
export function quotaBar({ allowance, used, reserved }: Standing): string {
  const whole = Math.max(1, allowance.credits);
  const full = share(used, whole, cells);
  const held = share(reserved, whole, cells - full);
  return '█'.repeat(full) + '▒'.repeat(held) + '░'.repeat(cells - full - held);
}

function share(credits: number, whole: number, most: number): number {
  if (credits <= 0) return 0;
  return Math.min(most, Math.max(1, Math.round((credits / whole) * cells)));
}
