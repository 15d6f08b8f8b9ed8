export type SectionName = 'intro' | 'verse' | 'chorus' | 'outro';

export interface Section {
  name: SectionName;
  firstBar: number;
  bars: number;
}

/** Verses share one walk through the chords, choruses another: degrees of the scale, a bar each. */
export interface Walks {
  verse: readonly number[];
  chorus: readonly number[];
}

/** Intro, then verses and choruses by turns, then outro; a short song has only what it has room for. */
export function divide(bars: number, withIntro: boolean): Section[] {
  const intro = !withIntro ? 0 : bars >= 16 ? 4 : bars >= 8 ? 2 : 0;
  const outro = bars >= 8 ? 2 : 0;
  const block = bars >= 32 ? 8 : 4;
  const blocks = Math.ceil((bars - intro - outro) / block);
  const middle = Array.from({ length: blocks }, (_, turn): Section => {
    const firstBar = intro + turn * block;
    const name = turn % 2 === 0 ? 'verse' : 'chorus';
    return { name, firstBar, bars: Math.min(block, bars - outro - firstBar) };
  });
  const sections: Section[] = [
    { name: 'intro', firstBar: 0, bars: intro },
    ...middle,
    { name: 'outro', firstBar: bars - outro, bars: outro },
  ];
  return sections.filter((section) => section.bars > 0);
}

export function chordsOf(sections: readonly Section[], { verse, chorus }: Walks): number[] {
  return sections.flatMap((section) => {
    const walk = section.name === 'chorus' ? chorus : verse;
    return Array.from({ length: section.bars }, (_, bar) =>
      section.name === 'outro' && bar === section.bars - 1 ? 4 : walk[bar % walk.length]!,
    );
  });
}
