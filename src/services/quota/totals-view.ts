import type { Words } from '../text/en.ts';
import type { View } from '../visit.ts';
import type { Steward } from './steward.ts';

export function totalsView({ guilds, count }: Awaited<ReturnType<Steward['totals']>>, words: Words): View {
  const lines = guilds.map(({ account, standing }) =>
    words.operator.totalsLine(account.guildId ?? '', standing, account.paused, account.blocked),
  );
  return {
    embeds: [
      {
        title: words.operator.totalsTitle(count),
        description: lines.length === 0 ? words.operator.none : lines.join('\n'),
      },
    ],
  };
}
