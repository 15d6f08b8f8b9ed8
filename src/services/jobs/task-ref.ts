import { platformOf, type ActionKey, type Catalogue } from '../../domain/actions.ts';
import type { TaskRef } from '../song-api/song-api.ts';

/** A job's task as the song API is asked about it. A row that has left the catalogue made songs. */
export function taskRef(catalogue: Catalogue, action: ActionKey, taskId: string): TaskRef {
  return { taskId, platform: platformOf(action), yields: catalogue[action]?.yields ?? 'clips' };
}
