// Pages are drawn one after another, those that people look at before thumbnails; what is no longer seen is dropped unstarted.

export interface Job {
  /** Lower goes first; of equals the last asked for, since it is what is on the screen now. */
  rank: number;
  run: (signal: AbortSignal) => Promise<void>;
}

export class RenderQueue {
  #waiting: { job: Job; controller: AbortController; done: () => void }[] = [];
  #running = 0;
  readonly #limit: number;

  constructor(limit = 2) {
    this.#limit = limit;
  }

  /** Returns how to take the job back, and a promise that settles when it ran or was taken back. */
  add(job: Job): { cancel: () => void; settled: Promise<void> } {
    const controller = new AbortController();
    let done = () => {};
    const settled = new Promise<void>((resolve) => {
      done = resolve;
    });
    const entry = { job, controller, done };
    this.#waiting.push(entry);
    queueMicrotask(() => this.#next());
    const cancel = () => {
      controller.abort();
      const index = this.#waiting.indexOf(entry);
      if (index >= 0) {
        this.#waiting.splice(index, 1);
        done();
      }
    };
    return { cancel, settled };
  }

  #next(): void {
    while (this.#running < this.#limit && this.#waiting.length > 0) {
      const best = this.#waiting.reduce((best, entry, index) => (entry.job.rank <= (this.#waiting[best]?.job.rank ?? Infinity) ? index : best), 0);
      const [entry] = this.#waiting.splice(best, 1);
      if (!entry) return;
      this.#running += 1;
      entry.job
        .run(entry.controller.signal)
        .catch(() => undefined)
        .finally(() => {
          this.#running -= 1;
          entry.done();
          this.#next();
        });
    }
  }
}
