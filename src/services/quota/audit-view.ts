import type { Entry } from '../../domain/account.ts';
import type { Words } from '../text/en.ts';
import type { View } from '../visit.ts';

export function auditView(entries: readonly Entry[], words: Words): View {
  const lines = entries.map((entry) => words.auditLine(entry));
  return {
    embeds: [
      {
        title: words.quotaAdmin.auditTitle,
        description: lines.length === 0 ? words.quotaAdmin.nothingChanged : lines.join('\n'),
      },
    ],
  };
}
