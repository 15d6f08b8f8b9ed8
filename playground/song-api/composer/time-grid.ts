import type { Section } from './song-form.ts';
import type { SongPlan } from './song-plan.ts';

/** Silence before the first note: AAC encoders are at their worst in their first frames, and a drum there would clip. */
export const leadInSeconds = 0.1;

/** Bars and beats to seconds, with the song's swing; and what holds in a bar. */
export class TimeGrid {
  readonly secondsPerBeat: number;
  readonly #plan: SongPlan;

  constructor(plan: SongPlan) {
    this.#plan = plan;
    this.secondsPerBeat = 60 / plan.bpm;
  }

  /** Second eighths come late by the swing; everything between is stretched along. */
  at(bar: number, beat: number): number {
    const whole = Math.floor(beat);
    const part = beat - whole;
    const middle = 0.5 + this.#plan.swing / 2;
    const swung = part < 0.5 ? part * 2 * middle : middle + (part - 0.5) * 2 * (1 - middle);
    return leadInSeconds + (bar * this.#plan.beatsPerBar + whole + swung) * this.secondsPerBeat;
  }

  get endOfBars(): number {
    return this.at(this.#plan.bars, 0);
  }

  sectionOf(bar: number): Section | undefined {
    return this.#plan.sections.find(
      (section) => bar >= section.firstBar && bar < section.firstBar + section.bars,
    );
  }

  /** 0 to 1: choruses are fuller than verses, beginnings and ends thinner. */
  fullness(bar: number): number {
    const byName = { intro: 0.55, verse: 0.8, chorus: 1, outro: 0.5 };
    return byName[this.sectionOf(bar)?.name ?? 'outro'];
  }
}
