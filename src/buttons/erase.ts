import { Refusal } from '../domain/errors.ts';
import type { MemberTable } from '../services/storage/member-table.ts';
import type { Button } from './button.ts';

/** Erases what is kept about whoever presses it. */
export function erase(needs: { members: MemberTable }): Button {
  return ({ userId, words }) => ({
    answer: 'update',
    async run() {
      if (!(await needs.members.erase(userId))) throw new Refusal({ is: 'songs-under-way' });
      return { content: words.privacy.erased, components: [] };
    },
  });
}
