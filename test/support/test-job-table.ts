import type { CorruptRow } from '../../src/domain/errors.ts';
import type { Job } from '../../src/domain/job-record.ts';
import type { Storage } from '../../src/services/storage/database.ts';
import { JobTable } from '../../src/services/storage/job-table.ts';

/** The real table for tests in which credits play no part. */
export class TestJobTable extends JobTable {
  constructor(
    storage: Pick<Storage, 'db' | 'engine'>,
    onCorrupt: (error: CorruptRow) => void = () => undefined,
  ) {
    super(storage, { follow: (_, after) => Promise.resolve(after), onCorrupt });
  }

  /** True unless the interaction has a job already. */
  async write(job: Job): Promise<boolean> {
    return (await this.insert(job, () => Promise.resolve(true))) ?? false;
  }
}
