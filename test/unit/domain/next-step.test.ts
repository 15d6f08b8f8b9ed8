import { describe, expect, it } from 'vitest';
import { nextStep } from '../../../src/domain/next-step.ts';
import type { Result } from '../../../src/domain/result.ts';
import { job, song } from '../../support/songs.ts';

const handle: Result = {
  is: 'handle',
  clipId: 'up-1',
  title: null,
  lyrics: null,
  audioUrl: null,
  seconds: null,
};
const next = { action: 'suno/COVER', inputs: { style: 'jazz' } } as const;
const upload = (result: Result) =>
  job(1, {
    action: 'suno/UPLOAD',
    inputs: { fileUrl: 'https://cdn.example/a.mp3' },
    next,
    hold: 'held',
    charge: 300,
    status: { state: 'succeeded', taskId: 't', result },
    submittedAt: 5,
  });

describe('a file that was taken in', () => {
  it('sends its job on to what was asked, with the clip that it got', () => {
    expect(nextStep(upload(handle))).toMatchObject({
      action: 'suno/COVER',
      inputs: { style: 'jazz', clip: 'up-1' },
      next: null,
      status: { state: 'queued' },
      submittedAt: null,
      hold: 'held',
      chargedBefore: 300,
    });
  });

  it('ends its job where nothing follows, or the credits went back long ago', () => {
    expect(nextStep({ ...upload(handle), next: null })).toBeUndefined();
    expect(nextStep({ ...upload(handle), hold: 'released' })).toBeUndefined();
    expect(nextStep(upload(song()))).toBeUndefined();
  });
});
