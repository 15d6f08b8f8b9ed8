import type { Catalogue, ActionKey } from '../../domain/actions.ts';
import { drawUsageChart } from '../pictures/draw-usage-chart.ts';
import type { Words } from '../text/en.ts';
import type { View } from '../visit.ts';
import { quotaBar } from './quota-view.ts';
import type { GuildReport } from './steward.ts';
import { usageOf } from './usage-of.ts';

/** What a server spends, in sentences and as a picture. */
export async function reportView(
  report: GuildReport,
  catalogue: Catalogue,
  now: number,
  words: Words,
): Promise<View> {
  const { standing, endsAt, charged } = report;
  const labelOf = (action: string): string => {
    const row = catalogue[action as ActionKey];
    return row === undefined ? action : `${row.label} (${words.engineName(row.platform)})`;
  };
  const usage = usageOf(report, now, words.quotaAdmin.reportTitle, labelOf, words);
  const chart = await drawUsageChart(usage);
  const top = usage.members.slice(0, 5).map(({ name, used }) => `${name}: ${used}`);
  return {
    embeds: [
      {
        title: words.quotaAdmin.reportTitle,
        description: [
          `\`${quotaBar(standing)}\``,
          words.quota.line(standing),
          endsAt === null ? words.quotaAdmin.lasts : words.quotaAdmin.endsAt(endsAt),
          words.quotaAdmin.charged(charged.songs, charged.units, charged.usd),
          ...(report.account.paused ? [words.quota.paused] : []),
          ...(top.length === 0 ? [] : ['', top.join(' · ')]),
        ].join('\n'),
        image: { url: 'attachment://usage.png' },
      },
    ],
    files: [{ name: 'usage.png', bytes: chart }],
  };
}
